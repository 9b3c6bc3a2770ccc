package io.flvkit.edge.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinAt;
import io.flvkit.buffer.Segment;
import io.flvkit.buffer.SlidingWindow;
import io.flvkit.buffer.WindowLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.unix.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H3DataTest {
  private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

  static boolean isEpoll() {
    return Gather.isAvailable();
  }

  @Test
  @EnabledIf("isEpoll")
  void its_content_is_the_memory_of_the_window_and_no_copy() {
    SlidingWindow window =
        SlidingWindow.create(
            WindowLimits.of(1 << 20, 60_000), NettyMemory.allocator(new SegmentAccount()));
    Cursor cursor = window.cursor(JoinAt.HEAD);
    window.append(ByteBuffer.wrap(new byte[5_000]), 0, 0, 0);
    window.publish();
    cursor.next(1 << 20);
    Segment segment = cursor.segment();
    long address = NettyMemory.addressOf(segment) + cursor.offset();

    ByteBuf frame =
        H3Data.frame(
            ALLOCATOR,
            List.of(
                NettyMemory.slice(segment, cursor.offset(), 3_000),
                NettyMemory.slice(segment, cursor.offset() + 3_000, 2_000)));

    ByteBuffer[] parts = frame.nioBuffers();
    assertThat(parts).hasSize(3);
    assertThat(addressOf(parts[1])).isEqualTo(address);
    assertThat(addressOf(parts[2])).isEqualTo(address + 3_000);
    frame.release();
    segment.release();
    window.close("over");
    window.discard();
  }

  private static long addressOf(ByteBuffer part) {
    return Buffer.memoryAddress(part) + part.position();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0000",
    "63, 003f",
    "64, 004040",
    "16383, 007fff",
    "16384, 0080004000",
    "1000000, 00800f4240"
  })
  void its_head_is_as_short_as_the_length_allows(int length, String head) {
    ByteBuf content = ALLOCATOR.directBuffer(length).writeZero(length);

    ByteBuf frame = H3Data.frame(ALLOCATOR, List.of(content));

    byte[] bytes = new byte[frame.readableBytes() - length];
    frame.getBytes(0, bytes);
    assertThat(bytes).asHexString().isEqualToIgnoringCase(head);
    assertThat(frame.isDirect()).isTrue();
    frame.release();
    assertThat(content.refCnt()).isZero();
  }
}
