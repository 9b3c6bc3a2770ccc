package io.flvkit.edge.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the frames of a connection that bring nobody forward, before anything else looks at them,
 * and ends a connection that sends more of them than clients need (CVE-2023-44487 and its kin).
 * Confined to the event loop.
 */
final class H2Guard implements Http2FrameReader {
  /** What is counted, and how many of it a client may send in 10 s. */
  enum Kind {
    /** Streams that the client gave up: a page of 100 tiles that is left and opened again. */
    RESETS("http2Resets", 300),
    /** Streams that the client made the edge reset. */
    FAULTS("http2Faults", 100),
    PINGS("http2Pings", 100),
    SETTINGS("http2Settings", 50),
    /** DATA with nothing in it that does not end a stream. */
    EMPTY_FRAMES("http2EmptyFrames", 100),
    /** Priorities and unknown frames, which are not looked at. */
    IGNORED("http2IgnoredFrames", 1_000),
    /** A hundred live streams take a few thousand a second. */
    WINDOW_UPDATES("http2WindowUpdates", 200_000);

    private final String limit;
    private final int most;

    Kind(String limit, int most) {
      this.limit = limit;
      this.most = most;
    }
  }

  private final Http2FrameReader reader;
  private final Consumer<String> onLimit;
  private final Rates rates;
  private boolean struck;
  private @Nullable Http2FrameListener listener;
  private @Nullable Http2FrameListener counting;

  /**
   * @param onLimit told the name of the limit that ends the connection
   */
  H2Guard(Http2FrameReader reader, Consumer<String> onLimit, LongSupplier nanoTime) {
    this.reader = reader;
    this.onLimit = onLimit;
    this.rates = new Rates(Kind.values().length, nanoTime);
  }

  /** Throws a connection error if it was one too many. */
  @SuppressWarnings("EnumOrdinal") // an index that only this method knows
  void count(Kind kind) throws Http2Exception {
    if (rates.exceeds(kind.ordinal(), kind.most)) {
      strike(kind.limit);
      throw Http2Exception.connectionError(
          Http2Error.ENHANCE_YOUR_CALM, "too many frames: %s", kind.limit);
    }
  }

  /** A connection error, maybe of a limit that the decoder keeps. */
  void failed(Http2Exception error) {
    if (error.error() == Http2Error.ENHANCE_YOUR_CALM) {
      strike("http2Continuations");
    } else if (String.valueOf(error.getMessage()).startsWith("Header size exceeded")) {
      strike("headerBytes"); // nothing but its words tells this error from others
    }
  }

  private void strike(String limit) {
    if (!struck) {
      struck = true;
      onLimit.accept(limit);
    }
  }

  @Override
  public void readFrame(ChannelHandlerContext ctx, ByteBuf input, Http2FrameListener wanted)
      throws Http2Exception {
    Http2FrameListener decorated = counting;
    if (decorated == null || listener != wanted) {
      decorated = new Counting(wanted);
      listener = wanted;
      counting = decorated;
    }
    reader.readFrame(ctx, input, decorated);
  }

  @Override
  public Configuration configuration() {
    return reader.configuration();
  }

  @Override
  public void close() {
    reader.close();
  }

  private final class Counting extends Http2FrameListenerDecorator {
    Counting(Http2FrameListener listener) {
      super(listener);
    }

    @Override
    public int onDataRead(
        ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream)
        throws Http2Exception {
      if (!data.isReadable() && !endOfStream) {
        count(Kind.EMPTY_FRAMES);
      }
      return super.onDataRead(ctx, streamId, data, padding, endOfStream);
    }

    @Override
    public void onPriorityRead(
        ChannelHandlerContext ctx, int streamId, int dependency, short weight, boolean exclusive)
        throws Http2Exception {
      count(Kind.IGNORED);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode)
        throws Http2Exception {
      count(Kind.RESETS);
      super.onRstStreamRead(ctx, streamId, errorCode);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
        throws Http2Exception {
      count(Kind.SETTINGS);
      super.onSettingsRead(ctx, settings);
    }

    @Override
    public void onSettingsAckRead(ChannelHandlerContext ctx) throws Http2Exception {
      count(Kind.SETTINGS);
      super.onSettingsAckRead(ctx);
    }

    @Override
    public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
      count(Kind.PINGS);
      super.onPingRead(ctx, data);
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
      count(Kind.PINGS);
      super.onPingAckRead(ctx, data);
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext ctx, int streamId, int increment)
        throws Http2Exception {
      count(Kind.WINDOW_UPDATES);
      super.onWindowUpdateRead(ctx, streamId, increment);
    }

    @Override
    public void onUnknownFrame(
        ChannelHandlerContext ctx, byte type, int streamId, Http2Flags flags, ByteBuf payload)
        throws Http2Exception {
      count(Kind.IGNORED);
    }
  }
}
