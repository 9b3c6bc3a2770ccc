package io.flvkit.edge.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinAt;
import io.flvkit.buffer.ReadStatus;
import io.flvkit.buffer.Segment;
import io.flvkit.buffer.SlidingWindow;
import io.flvkit.buffer.WindowLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What a live body gives to the handler below HTTP/1, which on a TLS connection encrypts it. */
@EnabledIf("isEpoll")
class LiveWireTest {
  private final SlidingWindow window =
      SlidingWindow.create(
          WindowLimits.of(1 << 20, 60_000), NettyMemory.allocator(new SegmentAccount()));
  private final Below below = new Below();
  private final EmbeddedChannel channel = new EmbeddedChannel(below, new HttpServerCodec());

  static boolean isEpoll() {
    return Gather.isAvailable();
  }

  @AfterEach
  void close() {
    below.written.forEach(ByteBuf::release);
    channel.close();
    window.close("over");
    window.discard();
  }

  @Test
  void a_unit_is_the_memory_of_its_segment_and_no_copy() {
    Cursor cursor = window.cursor(JoinAt.HEAD);
    window.append(ByteBuffer.wrap(new byte[5_000]), 0, 0, 0);
    window.publish();
    assertThat(cursor.next(64 << 10)).isEqualTo(ReadStatus.READY);
    LiveWire wire = new LiveWire(channel.pipeline().lastContext(), true);

    Segment segment = cursor.segment();
    long address = NettyMemory.addressOf(segment) + cursor.offset();
    wire.write(segment, cursor.offset(), cursor.length());
    wire.flush();

    assertThat(below.written).hasSize(3);
    ByteBuf unit = below.written.get(1);
    assertThat(unit.readableBytes()).isEqualTo(5_000);
    assertThat(unit.memoryAddress() + unit.readerIndex()).isEqualTo(address);
  }

  /** Stands where TLS stands. */
  private static final class Below extends ChannelOutboundHandlerAdapter {
    private final List<ByteBuf> written = new ArrayList<>();

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      written.add((ByteBuf) message);
      promise.trySuccess();
    }
  }
}
