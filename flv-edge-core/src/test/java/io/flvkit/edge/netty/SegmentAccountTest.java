package io.flvkit.edge.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinAt;
import io.flvkit.buffer.ReadStatus;
import io.flvkit.buffer.SlidingWindow;
import io.flvkit.buffer.WindowLimits;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SegmentAccountTest {
  private final SegmentAccount account = new SegmentAccount();
  private final SlidingWindow window =
      SlidingWindow.create(WindowLimits.of(1 << 20, 60_000), NettyMemory.allocator(account));

  @Test
  void what_a_window_gave_up_counts_until_the_last_write_of_it_has_left() {
    Cursor cursor = window.cursor(JoinAt.HEAD);
    window.append(ByteBuffer.allocate(1_000), 0, 0, 0);
    window.publish();
    assertThat(cursor.next(1_000)).isEqualTo(ReadStatus.READY);
    ByteBuf write = NettyMemory.slice(cursor.segment(), cursor.offset(), cursor.length());
    cursor.segment().release();
    long held = account.bytes();

    window.close("over");
    window.discard();
    account.look();

    assertThat(held).isPositive();
    assertThat(account.bytes()).isEqualTo(held);

    write.release();
    account.look();

    assertThat(account.bytes()).isZero();
  }

  @Test
  void what_nobody_writes_is_given_back_at_once() {
    window.append(ByteBuffer.allocate(1_000), 0, 0, 0);
    window.close("over");
    window.discard();

    assertThat(account.bytes()).isZero();
  }
}
