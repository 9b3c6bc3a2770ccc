package io.flvkit.bench.macro.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.bench.macro.origin.StampedStream;
import io.flvkit.bench.macro.origin.StreamShape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TagCheckTest {
  private static final int TAGS = 200;
  private static final long CONNECT_NANOS = 1_000;
  private static final long MADE_NANOS = 2_000_000;
  private static final long READ_NANOS = 7_000_000;

  private final Tally tally = new Tally();
  private final TagCheck check = new TagCheck(tally, true, CONNECT_NANOS);
  private final List<byte[]> pieces = new ArrayList<>();

  @BeforeEach
  void a_prelude_and_tags() {
    StampedStream stream = new StampedStream(StreamShape.A, () -> MADE_NANOS);
    ByteBuffer buffer = ByteBuffer.allocate(stream.tagBytesMax());
    stream.putPrelude(buffer);
    pieces.add(taken(buffer));
    for (int i = 0; i < TAGS; i++) {
      stream.putNext(buffer.clear());
      pieces.add(taken(buffer));
    }
    tally.measuring = true;
  }

  @Test
  void finds_no_fault_in_a_whole_stream_whatever_the_pieces() {
    byte[] whole = whole();

    for (int piece : new int[] {1, 7, 1_448, whole.length}) {
      TagCheck each = new TagCheck(tally, true, CONNECT_NANOS);
      for (int start = 0; start < whole.length; start += piece) {
        int count = Math.min(piece, whole.length - start);
        assertThat(each.accept(ByteBuffer.wrap(whole, start, count), count, READ_NANOS)).isTrue();
      }
      assertThat(each.hasStarted()).isTrue();
    }

    assertThat(faults()).isZero();
    assertThat(tally.tags).isEqualTo(4 * (TAGS + 2));
    assertThat(tally.lag.count()).isEqualTo(4 * TAGS);
    assertThat(tally.lag.millis(0.5)).isBetween(4.8, 5.0);
  }

  @Test
  void counts_a_tag_that_is_missing() {
    pieces.remove(100);

    assertThat(accept()).isTrue();
    assertThat(tally.lost).isEqualTo(1);
  }

  @Test
  void counts_a_tag_that_comes_twice() {
    pieces.add(100, pieces.get(100));

    assertThat(accept()).isTrue();
    assertThat(tally.repeated).isEqualTo(1);
  }

  @Test
  void counts_tags_in_the_wrong_order() {
    pieces.add(90, pieces.remove(100));

    assertThat(accept()).isTrue();
    assertThat(tally.stepsBack).isPositive();
    assertThat(tally.lost + tally.repeated).isPositive();
  }

  @Test
  void counts_a_stream_that_does_not_begin_with_a_keyframe() {
    pieces.remove(1);

    assertThat(accept()).isTrue();
    assertThat(tally.notKeyframeFirst).isEqualTo(1);
  }

  @Test
  void refuses_a_wrong_previous_tag_size() {
    byte[] tag = pieces.get(50);
    tag[tag.length - 1]++;

    assertThat(accept()).isFalse();
    assertThat(tally.broken).isEqualTo(1);
  }

  @Test
  void counts_a_body_without_its_mark() {
    byte[] keyframe = pieces.get(1);
    keyframe[11 + 11]++;

    assertThat(accept()).isTrue();
    assertThat(tally.broken).isEqualTo(1);
  }

  private boolean accept() {
    byte[] whole = whole();
    return check.accept(ByteBuffer.wrap(whole), whole.length, READ_NANOS);
  }

  private long faults() {
    return tally.lost
        + tally.repeated
        + tally.stepsBack
        + tally.notKeyframeFirst
        + tally.broken
        + tally.refused;
  }

  private byte[] whole() {
    ByteBuffer all = ByteBuffer.allocate(pieces.stream().mapToInt(piece -> piece.length).sum());
    pieces.forEach(all::put);
    return all.array();
  }

  private static byte[] taken(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
