package io.flvkit.bench.macro.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTest {
  private final Plan plan = new Plan(8080, 42, 4_000, 1_000, 3, 10, 50, 5);

  @Test
  void is_read_back_from_its_line() {
    assertThat(Plan.parse(plan.line())).isEqualTo(plan);
  }

  @Test
  void samples_as_many_as_it_says_and_none_that_stops() {
    assertThat(IntStream.range(0, 4_000).filter(plan::isSampled)).hasSize(50);
    assertThat(IntStream.range(0, 4_000).filter(plan::stops)).hasSize(800);
    assertThat(IntStream.range(0, 4_000))
        .noneMatch(index -> plan.stops(index) && plan.isSampled(index));
  }
}
