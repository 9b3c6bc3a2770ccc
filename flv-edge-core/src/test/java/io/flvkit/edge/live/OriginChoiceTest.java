package io.flvkit.edge.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.OriginPick;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OriginChoiceTest {
  private static final int STREAMS = 1_000;

  private static LiveConfig origins(int count, OriginPick pick) {
    LiveConfig.Builder config = LiveConfig.builder("/live/").pick(pick);
    for (int i = 0; i < count; i++) {
      config.origin("http://shield" + i + "/live/");
    }
    return config.build();
  }

  private static int[] choices(int count) {
    LiveConfig config = origins(count, OriginPick.CONSISTENT_HASH);
    return IntStream.range(0, STREAMS)
        .map(i -> OriginChoice.first(config, "/live/" + i + ".flv"))
        .toArray();
  }

  @Test
  void in_order_is_always_the_first() {
    assertThat(OriginChoice.first(origins(3, OriginPick.IN_ORDER), "/live/a.flv")).isZero();
  }

  @Test
  void streams_are_spread_over_all_origins() {
    int[] choices = choices(4);

    for (int origin = 0; origin < 4; origin++) {
      int wanted = origin;
      assertThat(IntStream.of(choices).filter(choice -> choice == wanted).count())
          .isBetween(150L, 350L);
    }
  }

  @Test
  void another_origin_takes_its_share_and_moves_no_other_stream() {
    int[] before = choices(3);
    int[] after = choices(4);

    int moved = 0;
    for (int i = 0; i < STREAMS; i++) {
      if (after[i] != before[i]) {
        assertThat(after[i]).isEqualTo(3);
        moved++;
      }
    }
    assertThat(moved).isBetween(150, 350);
  }

  @Test
  void when_the_chosen_origin_fails_the_next_one_is_asked() {
    LiveConfig config = origins(3, OriginPick.CONSISTENT_HASH);
    int first = OriginChoice.first(config, "/live/s.flv");
    LiveStage stage = new LiveStage(config);
    stage.ask();
    assertThat(stage.origins.last().url()).startsWith("http://shield" + first + "/");

    stage.origins.last().answers(503, "text/plain", "busy");

    assertThat(stage.origins.last().url()).startsWith("http://shield" + (first + 1) % 3 + "/");
  }
}
