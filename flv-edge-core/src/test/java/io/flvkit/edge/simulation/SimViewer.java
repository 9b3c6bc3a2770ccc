package io.flvkit.edge.simulation;

import io.flvkit.buffer.Segment;
import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvTag;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.http.LiveFeed;
import io.flvkit.edge.http.LiveOutlet;
import io.flvkit.edge.live.LiveAnswer;
import io.flvkit.edge.live.RenditionKind;
import io.flvkit.edge.live.ViewerListener;
import io.flvkit.edge.loop.Loop;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A viewer's end: takes as much as its connection allows and has every tag judged. */
final class SimViewer implements LiveOutlet, ViewerListener, FlvHandler {
  private static final long TICK_NANOS = 50_000_000L;

  final String path;
  final RenditionKind rendition;
  final long askedNanos;
  private final Loop loop;
  private final TagJudge judge;
  private final FlvParser parser = FlvParser.create(this);
  private final int bytesPerTick;
  private @Nullable LiveFeed feed;
  private @Nullable LiveAnswer answer;
  private boolean wantsToLeave;
  private boolean stuck;
  private boolean wasStuck;
  private long unflushed;
  private long pending;
  private long lastTagNanos;
  private @Nullable EndReason end;
  private boolean cleanEnd;
  private boolean left;
  private boolean finishing;

  /** Takes so many bytes in 50 ms; 0 is a connection without limit. */
  SimViewer(Loop loop, String path, RenditionKind rendition, int bytesPerTick) {
    this.loop = loop;
    this.path = path;
    this.rendition = rendition;
    this.bytesPerTick = bytesPerTick;
    this.judge = new TagJudge(rendition);
    this.askedNanos = loop.nanoTime();
  }

  /** The service's answer came, on whatever loop. */
  void answered(LiveAnswer given) {
    if (answer != null) {
      throw new BrokenRule("one request was answered twice");
    }
    answer = given;
    loop.run(
        () -> {
          lastTagNanos = loop.nanoTime();
          if (given instanceof LiveAnswer.Watching watching) {
            attach(watching.body());
          }
        });
  }

  private void attach(LiveBody body) {
    if (wantsToLeave) {
      left = true;
      body.abandon();
      return;
    }
    feed = body.attach(this);
    loop.schedule(TICK_NANOS, this::tick);
  }

  private void tick() {
    if (isOver()) {
      return;
    }
    if (pending > 0 && !stuck) {
      pending = bytesPerTick == 0 ? 0 : Math.max(0, pending - bytesPerTick);
      if (pending == 0 && feed != null) {
        feed.onWritable();
      }
    }
    if (!isOver()) {
      loop.schedule(TICK_NANOS, this::tick);
    }
  }

  void leaves() {
    loop.run(
        () -> {
          wantsToLeave = true;
          if (feed != null && !isOver()) {
            left = true;
            feed.onClosed();
          }
        });
  }

  void getsStuck(boolean now) {
    loop.run(
        () -> {
          stuck = now;
          wasStuck |= now;
          lastTagNanos = loop.nanoTime(); // what it waits for from here on is the edge's doing
        });
  }

  boolean isAnswered() {
    return answer != null;
  }

  @Nullable LiveAnswer answer() {
    return answer;
  }

  boolean isWatching() {
    return feed != null && !isOver();
  }

  boolean isOver() {
    return end != null || left;
  }

  /** The stream is over: only what it left is still to come. */
  void finishes() {
    finishing |= isWatching();
  }

  boolean isFinishing() {
    return finishing;
  }

  boolean isLeaving() {
    return wantsToLeave;
  }

  /** Whether nothing but the edge keeps tags from this viewer. */
  boolean takesAll() {
    return !stuck && bytesPerTick == 0;
  }

  boolean wasStuck() {
    return wasStuck;
  }

  @Nullable EndReason end() {
    return end;
  }

  boolean hasCleanEnd() {
    return cleanEnd;
  }

  long lastTagNanos() {
    return lastTagNanos;
  }

  TagJudge judge() {
    return judge;
  }

  // What the edge does with this connection.

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public boolean isWritable() {
    return pending == 0 && !isOver();
  }

  @Override
  public void write(ByteBuffer shared) {
    took(shared.duplicate());
  }

  @Override
  public void write(Segment segment, int offset, int lengthBytes) {
    took(segment.view(offset, lengthBytes));
    segment.release();
  }

  private void took(ByteBuffer bytes) {
    if (!loop.inLoop()) {
      throw new BrokenRule("a viewer was written to from another loop");
    }
    if (isOver()) {
      throw new BrokenRule("a viewer that is gone was written to");
    }
    unflushed += bytes.remaining();
    try {
      parser.parse(bytes);
    } catch (RuntimeException e) {
      throw new BrokenRule("a viewer got what is no FLV", e);
    }
  }

  @Override
  public void flush() {
    pending += stuck || bytesPerTick > 0 ? unflushed : 0;
    unflushed = 0;
  }

  @Override
  public void settle() {}

  @Override
  public long pendingBytes() {
    return pending;
  }

  @Override
  public void end(EndReason reason) {
    finish(reason, true);
  }

  @Override
  public void reset(EndReason reason) {
    finish(reason, false);
  }

  private void finish(EndReason reason, boolean clean) {
    if (end != null) {
      throw new BrokenRule("a viewer was ended twice: " + end + ", " + reason);
    }
    end = reason;
    cleanEnd = clean;
  }

  @Override
  public String toString() {
    return "a viewer of %s %s since %d ms".formatted(rendition, path, askedNanos / 1_000_000);
  }

  // What it hears.

  @Override
  public void onHeader(FlvHeader header) {
    judge.onHeader(header);
  }

  @Override
  public void onTag(FlvTag tag) {
    lastTagNanos = loop.nanoTime();
    try {
      judge.onTag(tag);
    } catch (BrokenRule e) {
      throw new BrokenRule("viewer of " + rendition + " at " + tag + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void jumped() {}

  @Override
  public void lags(long millis) {
    if (millis < 0) {
      throw new BrokenRule("a viewer is ahead of the writer: " + millis);
    }
  }

  @Override
  public void failed(Throwable cause) {
    throw new BrokenRule("a fault of the edge", cause);
  }
}
