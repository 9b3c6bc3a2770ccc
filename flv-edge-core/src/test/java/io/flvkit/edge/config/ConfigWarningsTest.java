package io.flvkit.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.LimitsConfig;
import io.flvkit.edge.VodCacheConfig;
import io.flvkit.edge.VodConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConfigWarningsTest {

  @Test
  void limits_that_fit_are_not_worth_a_word() {
    assertThat(ConfigWarnings.of(withConnections(1000), 1000 + ConfigWarnings.OTHER_FILES))
        .isEmpty();
  }

  @Test
  void a_limit_above_what_the_process_may_open_is_named_with_both_numbers() {
    assertThat(ConfigWarnings.of(withConnections(1000), 1024))
        .singleElement()
        .asString()
        .startsWith("limits.connections:")
        .contains("1000", "1024");
  }

  @Test
  void no_limit_is_above_what_the_process_may_open() {
    assertThat(ConfigWarnings.of(withConnections(0), 1024))
        .singleElement()
        .asString()
        .startsWith("limits.connections:");
  }

  @Test
  void a_system_without_such_a_limit_gives_no_warning() {
    assertThat(ConfigWarnings.of(withConnections(0), Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void the_process_is_asked_for_its_limit() {
    assertThat(ConfigWarnings.of(withConnections(1))).isEmpty();
    assertThat(ConfigWarnings.of(withConnections(Integer.MAX_VALUE))).isNotEmpty();
  }

  @Test
  void a_cache_for_a_folder_of_files_is_named() {
    VodConfig folder =
        VodConfig.directory("/vod/", Path.of("media")).withCache(VodCacheConfig.in(Path.of("c")));
    EdgeConfig config =
        EdgeConfig.builder().listen("127.0.0.1", 0).vod(folder).limits(limits(1000)).build();

    assertThat(ConfigWarnings.of(config, Long.MAX_VALUE))
        .containsExactly("vod[0].cache: is not used, the files are in a folder already");
  }

  private static EdgeConfig withConnections(int connections) {
    return EdgeConfig.builder().listen("127.0.0.1", 0).limits(limits(connections)).build();
  }

  private static LimitsConfig limits(int connections) {
    return new LimitsConfig(connections, 0, 0, 0, 0, 32 << 10, Duration.ofSeconds(10));
  }
}
