package io.flvkit.bench.macro.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FlatRecordTest {
  /** Public, as what is read by reflection has to be. */
  public record Sample(long count, double millis) {}

  @Test
  void is_read_back_from_its_line() {
    Sample sample = new Sample(-3, 1.25);

    assertThat(FlatRecord.line(sample)).isEqualTo("{\"count\":-3,\"millis\":1.250}");
    assertThat(FlatRecord.parse(Sample.class, FlatRecord.line(sample))).isEqualTo(sample);
  }

  @Test
  void misses_what_is_not_there() {
    assertThatThrownBy(() -> FlatRecord.parse(Sample.class, "{\"count\":1}"))
        .hasMessageContaining("millis");
  }
}
