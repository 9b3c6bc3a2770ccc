package io.flvkit.bench.macro;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.bench.macro.load.FlatRecord;
import io.flvkit.bench.macro.load.WindowResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final double QUIET = 1;

  @Test
  void gives_the_median_ratio_of_the_rounds_and_their_spread() {
    List<WindowResult> edge = List.of(window(0.44, 0.3), window(0.5, 0.3), window(0.9, 0.3));
    List<WindowResult> limit = List.of(window(0.4, 0.3), window(0.4, 0.3), window(0.3, 0.3));

    Finding finding = Comparison.finding(QUIET, edge, limit);

    assertThat(finding.lines()).contains("edge / limit, CPU: 1.25 (1.10 .. 3.00)");
    assertThat(Json.text(finding.values())).contains("\"CPU\":{").contains("\"median\":1.250");
  }

  @Test
  void gives_no_ratio_on_a_busy_machine() {
    Finding finding = Comparison.finding(3.5, one(0.4, 0.3), one(0.4, 0.3));

    assertThat(finding.lines())
        .contains("no ratio: the machine was busy: load average 3.5 > 3")
        .noneMatch(line -> line.startsWith("edge / limit"));
  }

  @Test
  void gives_no_ratio_when_the_viewers_were_the_bottleneck() {
    assertThat(Comparison.finding(QUIET, one(0.4, 0.95), one(0.4, 0.3)).values())
        .containsKey("noRatio")
        .doesNotContainKey("ratios");
  }

  @Test
  void shows_the_edge_alone_without_a_limit_program() {
    Finding finding = Comparison.finding(QUIET, one(0.4, 0.3), List.of());

    assertThat(finding.lines()).contains("no ratio: no limit program").hasSize(3);
  }

  private static List<WindowResult> one(double serverCores, double loadCores) {
    return List.of(window(serverCores, loadCores));
  }

  private static WindowResult window(double serverCores, double loadCores) {
    String all =
        Arrays.stream(WindowResult.class.getRecordComponents())
            .map(component -> "\"" + component.getName() + "\":0")
            .collect(Collectors.joining(","));
    return FlatRecord.parse(
        WindowResult.class,
        all.replace("\"serverCores\":0", "\"serverCores\":" + serverCores)
            .replace("\"loadCores\":0", "\"loadCores\":" + loadCores));
  }
}
