package io.flvkit.edge.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OriginHealthTest {
  private static final URI ORIGIN = URI.create("http://origin/live/");
  private static final long SECOND = 1_000_000_000L;

  private final OriginHealth health = new OriginHealth(new Random(1));

  @Test
  void an_origin_that_never_failed_may_go_first() {
    assertThat(health.mayGoFirst(ORIGIN, 0)).isTrue();
  }

  @Test
  void an_origin_that_cannot_be_reached_is_asked_later_at_once() {
    health.failed(ORIGIN, false, 0);

    assertThat(health.mayGoFirst(ORIGIN, 1)).isFalse();
  }

  @Test
  void an_origin_that_answers_is_given_two_failures() {
    health.failed(ORIGIN, true, 0);
    health.failed(ORIGIN, true, 0);
    assertThat(health.mayGoFirst(ORIGIN, 1)).isTrue();

    health.failed(ORIGIN, true, 0);

    assertThat(health.mayGoFirst(ORIGIN, 1)).isFalse();
  }

  @Test
  void one_stream_at_a_time_tries_an_origin_in_trouble() {
    health.failed(ORIGIN, false, 0);

    assertThat(health.mayGoFirst(ORIGIN, SECOND)).isTrue();
    assertThat(health.mayGoFirst(ORIGIN, SECOND)).isFalse();
  }

  @Test
  void delays_grow_to_half_a_minute_and_are_jittered() {
    for (int i = 0; i < 20; i++) {
      health.failed(ORIGIN, false, 0);
    }

    assertThat(health.mayGoFirst(ORIGIN, 15 * SECOND - 1)).isFalse();
    assertThat(health.mayGoFirst(ORIGIN, 30 * SECOND)).isTrue();
  }

  @Test
  void an_origin_that_serves_again_goes_first_again() {
    health.failed(ORIGIN, false, 0);

    health.served(ORIGIN);

    assertThat(health.mayGoFirst(ORIGIN, 1)).isTrue();
  }

  @Test
  void other_origins_are_not_concerned() {
    health.failed(ORIGIN, false, 0);

    assertThat(health.mayGoFirst(URI.create("http://other/live/"), 1)).isTrue();
  }
}
