package io.flvkit.vod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceGridTest {
  private final SliceGrid grid = new SliceGrid(1000);

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "1000,1", "1001,2", "9223372036854775807,9223372036854776"})
  void a_file_has_as_many_slices_as_it_needs(long length, long count) {
    assertThat(grid.count(length)).isEqualTo(count);
  }

  @Test
  void slices_lie_side_by_side_and_the_last_one_ends_with_the_file() {
    assertThat(grid.range(0, 2500)).isEqualTo(new ByteRange(0, 999));
    assertThat(grid.range(1, 2500)).isEqualTo(new ByteRange(1000, 1999));
    assertThat(grid.range(2, 2500)).isEqualTo(new ByteRange(2000, 2499));
    assertThat(grid.indexOf(1999)).isEqualTo(1);
    assertThat(grid.indexOf(2000)).isEqualTo(2);
  }

  @Test
  void the_last_slice_of_the_largest_file_is_a_range() {
    long last = grid.indexOf(Long.MAX_VALUE - 1);

    assertThat(grid.range(last).last()).isEqualTo(Long.MAX_VALUE - 1);
  }

  @Test
  void a_slice_has_at_least_one_byte() {
    assertThatThrownBy(() -> new SliceGrid(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
