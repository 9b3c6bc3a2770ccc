package io.flvkit.edge.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopPaceTest {
  private static final long MILLI = 1_000_000;

  private final LoopPace pace = new LoopPace();

  private long restMillis(long walkMillis, long budgetMillis) {
    pace.walkTakes(walkMillis * MILLI, 0);
    long rest = pace.restNanos(budgetMillis * MILLI) / MILLI;
    pace.walkTakes(0, walkMillis * MILLI);
    return rest;
  }

  @Test
  void hardly_rests_while_the_work_is_small() {
    assertThat(restMillis(1, 200)).isZero();
    assertThat(restMillis(5, 200)).isEqualTo(1);
  }

  @Test
  void rests_several_times_the_work_when_the_loop_fills() {
    assertThat(restMillis(20, 1_000)).isEqualTo(20);
    assertThat(restMillis(80, 1_000)).isEqualTo(320);
  }

  @Test
  void keeps_work_and_rest_within_the_budget() {
    assertThat(restMillis(80, 200)).isEqualTo(120);
    assertThat(restMillis(300, 200)).isZero();
    assertThat(restMillis(20, 0)).isZero();
  }

  @Test
  void counts_the_walks_of_all_fan_outs_of_the_loop() {
    pace.walkTakes(10 * MILLI, 0);
    pace.walkTakes(10 * MILLI, 0);

    assertThat(pace.restNanos(1_000 * MILLI)).isEqualTo(20 * MILLI);

    pace.walkTakes(0, 10 * MILLI);
    assertThat(pace.restNanos(1_000 * MILLI)).isEqualTo(5 * MILLI);
  }
}
