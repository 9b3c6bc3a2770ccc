package io.flvkit.token.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Signatures are compared whole, whatever their length. */
class BytesTest {
  private static final int LONGEST = 40;

  @Test
  void every_bit_counts_up_to_the_end_and_none_after_it() {
    byte[] bytes = new byte[LONGEST];
    new Random(7).nextBytes(bytes);
    for (int count = 0; count <= LONGEST; count++) {
      for (int bit = 0; bit < 8 * LONGEST; bit++) {
        byte[] other = bytes.clone();
        other[bit / 8] ^= (byte) (1 << bit % 8);

        assertThat(Bytes.same(bytes, other, count))
            .as("bit %d of %d bytes", bit, count)
            .isEqualTo(bit >= 8 * count);
      }
    }
  }

  @Test
  void equal_bytes_are_the_same() {
    byte[] bytes = {1, 2, 3, -1, -2, -3, 0, 7, 9};

    assertThat(Bytes.same(bytes, bytes.clone(), bytes.length)).isTrue();
    assertThat(Bytes.same(new byte[3], Arrays.copyOf(bytes, 3), 3)).isFalse();
  }
}
