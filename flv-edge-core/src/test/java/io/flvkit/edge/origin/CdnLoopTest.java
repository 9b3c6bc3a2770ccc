package io.flvkit.edge.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CdnLoopTest {
  private final CdnLoop edge = CdnLoop.random(new Random(1));
  private final CdnLoop other = CdnLoop.random(new Random(2));

  @Test
  void a_request_that_passed_only_others_is_no_loop() {
    assertThat(edge.isClosedBy(List.of())).isFalse();
    assertThat(edge.isClosedBy(List.of("cdn.example", other.after(List.of())))).isFalse();
  }

  @Test
  void a_request_that_passed_this_edge_is_a_loop_wherever_it_stands() {
    String sent = edge.after(List.of("first.example; a=b"));

    assertThat(sent).startsWith("first.example; a=b, flvkit-");
    assertThat(edge.isClosedBy(List.of(other.after(List.of(sent))))).isTrue();
    assertThat(edge.isClosedBy(List.of("x", sent + " ; hop=1, y"))).isTrue();
    assertThat(edge.isClosedBy(List.of(sent.toUpperCase(Locale.ROOT)))).isTrue();
  }

  @Test
  void edges_have_names_of_their_own() {
    assertThat(edge.after(List.of())).isNotEqualTo(other.after(List.of()));
  }
}
