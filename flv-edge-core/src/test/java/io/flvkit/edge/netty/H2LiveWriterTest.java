package io.flvkit.edge.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinAt;
import io.flvkit.buffer.ReadStatus;
import io.flvkit.buffer.Segment;
import io.flvkit.buffer.SlidingWindow;
import io.flvkit.buffer.WindowLimits;
import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.http.LiveFeed;
import io.flvkit.edge.http.LiveOutlet;
import io.flvkit.edge.loop.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What a live stream gives to the handler below HTTP/2: the socket, or TLS. */
@EnabledIf("isEpoll")
class H2LiveWriterTest implements EdgeHandler, LiveBody, LiveFeed {
  private static final HttpLimits LIMITS =
      new HttpLimits(
          8 << 10, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 1 << 16);
  private static final int DEFAULT_WINDOW = 65_535;

  private final SlidingWindow window =
      SlidingWindow.create(
          WindowLimits.of(1 << 20, 60_000), NettyMemory.allocator(new SegmentAccount()));
  private final Cursor cursor = window.cursor(JoinAt.HEAD);
  private final Below below = new Below();
  private final EmbeddedChannel channel = new EmbeddedChannel(below);
  private @Nullable LiveOutlet outlet;
  private boolean closed;
  private int writable;

  static boolean isEpoll() {
    return Gather.isAvailable();
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    below.written.forEach(ByteBuf::release);
    window.close("over");
    window.discard();
  }

  private LiveOutlet begin() {
    HttpListener listener = new HttpListener(this, LIMITS, new ConnectionGate(limit -> {}));
    channel.pipeline().addLast(H2Requests.handler(listener, LIMITS, false));
    ByteArrayOutputStream opening = new ByteArrayOutputStream();
    opening.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    opening.writeBytes(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0}); // SETTINGS
    // HEADERS: GET, http, /, and the authority "a"
    opening.writeBytes(
        new byte[] {
          0, 0, 6, 1, 5, 0, 0, 0, 1, (byte) 0x82, (byte) 0x86, (byte) 0x84, 0x01, 1, 'a'
        });
    channel.writeInbound(Unpooled.wrappedBuffer(opening.toByteArray()));
    channel.runPendingTasks();
    below.written.forEach(ByteBuf::release);
    below.written.clear();
    LiveOutlet begun = outlet;
    assertThat(begun).isNotNull();
    return begun;
  }

  private long write(LiveOutlet out, int bytes) {
    window.append(ByteBuffer.wrap(new byte[bytes]), 0, 0, 0);
    window.publish();
    assertThat(cursor.next(1 << 20)).isEqualTo(ReadStatus.READY);
    Segment segment = cursor.segment();
    long address = NettyMemory.addressOf(segment) + cursor.offset();
    out.write(segment, cursor.offset(), cursor.length());
    cursor.advance(bytes);
    out.flush();
    return address;
  }

  @Test
  void the_content_of_a_frame_is_the_memory_of_its_segment_and_no_copy() {
    LiveOutlet out = begin();

    long address = write(out, 5_000);
    channel.runPendingTasks();

    assertThat(below.written).hasSize(2);
    assertThat(below.written.get(0).readableBytes()).isEqualTo(9);
    assertThat(addressesOf(below.written.get(1), 5_000)).containsExactly(address);
  }

  @Test
  void a_long_unit_goes_in_several_frames_of_that_memory() {
    LiveOutlet out = begin();

    long address = write(out, 40_000);
    channel.runPendingTasks();

    List<Long> addresses = new ArrayList<>();
    for (int i = 1; i < below.written.size(); i += 2) {
      addresses.addAll(addressesOf(below.written.get(i), -1));
    }
    assertThat(addresses).containsExactly(address, address + 16_384, address + 32_768);
  }

  private static List<Long> addressesOf(ByteBuf content, int length) {
    if (length >= 0) {
      assertThat(content.readableBytes()).isEqualTo(length);
    }
    if (content instanceof CompositeByteBuf several) {
      return several.decompose(0, several.readableBytes()).stream()
          .map(part -> part.memoryAddress() + part.readerIndex())
          .toList();
    }
    return List.of(content.memoryAddress() + content.readerIndex());
  }

  @Test
  void a_stream_whose_window_is_closed_waits_and_says_how_much() {
    LiveOutlet out = begin();
    write(out, DEFAULT_WINDOW - 10);
    channel.runPendingTasks();
    assertThat(out.isWritable()).isTrue();
    assertThat(out.pendingBytes()).isZero();

    write(out, 30);
    channel.runPendingTasks();

    assertThat(out.isWritable()).isFalse();
    assertThat(out.pendingBytes()).isEqualTo(20);
    open(0, 100);
    open(1, 5);
    assertThat(out.isWritable()).isFalse();
    assertThat(out.pendingBytes()).isEqualTo(15);
    assertThat(writable).isZero();
    open(1, 15);
    assertThat(out.isWritable()).isTrue();
    assertThat(writable).isOne();
  }

  private void open(int stream, int bytes) {
    ByteBuffer frame = ByteBuffer.allocate(13);
    frame.put(new byte[] {0, 0, 4, 8, 0}).putInt(stream).putInt(bytes);
    channel.writeInbound(Unpooled.wrappedBuffer(frame.array()));
    channel.runPendingTasks();
  }

  @Test
  void a_stream_that_is_reset_gives_its_memory_back() {
    LiveOutlet out = begin();
    write(out, DEFAULT_WINDOW + 10);
    channel.runPendingTasks();

    channel.writeInbound(
        Unpooled.wrappedBuffer(new byte[] {0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 8}));
    channel.runPendingTasks();

    assertThat(closed).isTrue();
    assertThat(out.isWritable()).isFalse();
  }

  @Override
  public CompletionStage<EdgeResponse> handle(EdgeRequest request, Loop loop) {
    return CompletableFuture.completedFuture(new EdgeResponse(200, Headers.empty(), this));
  }

  @Override
  public EdgeResponse refuse(EdgeRequest request, int status, String why) {
    throw new AssertionError(why);
  }

  @Override
  public LiveFeed attach(LiveOutlet out) {
    outlet = out;
    return this;
  }

  @Override
  public void abandon() {
    closed = true;
  }

  @Override
  public void onWritable() {
    writable++;
  }

  @Override
  public void onClosed() {
    closed = true;
  }

  /** Stands where the socket stands. */
  private static final class Below extends ChannelOutboundHandlerAdapter {
    private final List<ByteBuf> written = new ArrayList<>();

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      written.add((ByteBuf) message);
      promise.trySuccess();
    }
  }
}
