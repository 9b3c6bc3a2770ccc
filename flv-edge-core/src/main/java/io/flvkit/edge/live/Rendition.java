package io.flvkit.edge.live;

import io.flvkit.buffer.SlidingWindow;
import io.flvkit.buffer.WindowLimits;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvTag;
import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.loop.Loop;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * One form of a stream, written once and read by all its viewers: a window of tags, and a fan-out
 * on each event loop that has viewers. Written on the stream's home loop.
 */
final class Rendition {
  private static final int TRAILER_BYTES = FlvTag.TRAILER_BYTES;

  private final RenditionKind kind;
  private final SlidingWindow window;
  private final LiveConfig config;
  private final Function<Loop, LoopPace> paces;
  private final MemoryBudget memory;
  private final List<FanOut> fanOuts = new CopyOnWriteArrayList<>();
  private volatile FlvHeader header = new FlvHeader(false, false);
  private boolean dirty;

  Rendition(RenditionKind kind, LiveConfig config, LiveContext context) {
    this.kind = kind;
    this.config = config;
    this.paces = context.paces();
    this.memory = context.memory();
    this.window =
        SlidingWindow.create(
            WindowLimits.of(config.window().bytes(), config.window().duration().toMillis()),
            context.allocator());
  }

  RenditionKind kind() {
    return kind;
  }

  SlidingWindow window() {
    return window;
  }

  MemoryBudget memory() {
    return memory;
  }

  LiveConfig config() {
    return config;
  }

  /** The header for viewers that join now: flags that tell the truth. */
  FlvHeader header() {
    return header;
  }

  void setHeader(FlvHeader full) {
    header =
        full.withTracks(full.hasAudio() && kind.hasAudio(), full.hasVideo() && kind.hasVideo());
  }

  /** The next record is one at which viewers may start. */
  void markJoinPoint(long ptsMillis, JoinContext inForce) {
    window.markJoinPoint(ptsMillis, inForce);
  }

  /**
   * Appends a tag: byte for byte, but for a timestamp that had to change, and with a
   * PreviousTagSize of ours.
   *
   * @param clockMillis the stream's clock, which never steps back
   */
  void append(FlvTag tag, long timestampMillis, long clockMillis) {
    ByteBuffer wire = tag.wire();
    int bytes = wire.remaining();
    ByteBuffer to = window.claim(bytes + TRAILER_BYTES);
    int start = to.position();
    to.put(wire);
    to.putInt(bytes);
    if (timestampMillis != tag.timestampMillis()) {
      to.put(start + 4, (byte) (timestampMillis >> 16));
      to.put(start + 5, (byte) (timestampMillis >> 8));
      to.put(start + 6, (byte) timestampMillis);
      to.put(start + 7, (byte) (timestampMillis >> 24));
    }
    window.commit(RecordKind.of(tag), clockMillis, 0);
    dirty = true;
  }

  /** Appends a whole record that is in the form of the wire already. */
  void append(ByteBuffer record, int recordKind, long clockMillis) {
    window.append(record, recordKind, clockMillis, 0);
    dirty = true;
  }

  /** Shows viewers what was appended and wakes them. */
  void publish() {
    if (dirty) {
      dirty = false;
      window.publish();
      wakeAll();
    }
  }

  private void wakeAll() {
    // Pairs with the fence in fanOutOn: either this sees the new fan-out, or its first viewer sees
    // what was just published.
    VarHandle.fullFence();
    fanOuts.forEach(FanOut::wake);
  }

  /** The stream ended: viewers get the rest, then the end that the reason asks for. */
  void close(StreamEnd end) {
    window.close(end);
    wakeAll();
  }

  /** Resets the viewers of now, evenly over that time; {@code phase} as in {@link FanOut#drain}. */
  void drain(Duration over, double phase) {
    fanOuts.forEach(fanOut -> fanOut.drain(over, phase));
  }

  /** The fan-out of a loop; called on that loop. */
  FanOut fanOutOn(Loop loop) {
    for (FanOut fanOut : fanOuts) {
      if (fanOut.loop().equals(loop)) {
        return fanOut;
      }
    }
    FanOut fanOut = new FanOut(loop, paces.apply(loop), config);
    fanOuts.add(fanOut);
    VarHandle.fullFence(); // pairs with the fence in wakeAll
    return fanOut;
  }
}
