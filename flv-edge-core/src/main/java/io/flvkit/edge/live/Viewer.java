package io.flvkit.edge.live;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinAt;
import io.flvkit.buffer.JoinPoint;
import io.flvkit.buffer.ReadStatus;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.http.LiveFeed;
import io.flvkit.edge.http.LiveOutlet;
import io.flvkit.edge.http.Protocol;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One viewer: a position in a window, and the little that must be remembered to keep its stream
 * decodable. Holds no media. Confined to the loop of its outlet once attached.
 */
final class Viewer implements LiveBody, LiveFeed {
  /** Most bytes of one unit, unless a single tag is longer. */
  private static final int UNIT_BYTES = 64 * 1024;

  private final Rendition rendition;
  private final Protocol protocol;
  private final StartAt start;
  private final ViewerHome home;
  private final ViewerListener listener;
  private final Cursor cursor;
  private @Nullable LiveOutlet outlet;
  private @Nullable JoinContext known;
  private boolean joined;
  private boolean blocked;
  private boolean closed;
  private long lastPendingBytes;
  private long lastProgressNanos;
  private long lagAllowedMillis;
  private long sentBytes;
  private long sentBytesAtCheck;

  Viewer(
      Rendition rendition,
      Protocol protocol,
      StartAt start,
      ViewerHome home,
      ViewerListener listener) {
    this.rendition = rendition;
    this.protocol = protocol;
    this.start = start;
    this.home = home;
    this.listener = listener;
    this.cursor = rendition.window().cursor(JoinAt.HEAD);
  }

  Rendition rendition() {
    return rendition;
  }

  Protocol protocol() {
    return protocol;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public LiveFeed attach(LiveOutlet out) {
    outlet = out;
    lastProgressNanos = out.loop().nanoTime();
    rendition.fanOutOn(out.loop()).add(this);
    flush();
    return this;
  }

  @Override
  public void abandon() {
    close();
  }

  @Override
  public void onWritable() {
    flush();
  }

  @Override
  public void onClosed() {
    close();
  }

  private void close() {
    if (!closed) {
      closed = true;
      home.left(this);
    }
  }

  /**
   * Writes what the outlet takes of what the window has. A fault, also that memory has run out,
   * ends this viewer alone: the walk over the others goes on.
   */
  void flush() {
    LiveOutlet out = outlet;
    if (out == null || closed) {
      return;
    }
    try {
      takeTurn(out);
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(e);
    }
  }

  private void fail(Throwable fault) {
    listener.failed(fault);
    resetAfterFault();
  }

  private void resetAfterFault() {
    try {
      reset(EndReason.INTERNAL);
    } catch (RuntimeException | OutOfMemoryError again) {
      listener.failed(again);
    }
  }

  private void takeTurn(LiveOutlet out) {
    if (!out.isWritable()) {
      blocked = true;
      return;
    }
    boolean more = writeUnits(out);
    if (closed) {
      return;
    }
    out.flush();
    blocked = !out.isWritable();
    if (more && !blocked) {
      out.loop().execute(this::flush);
    }
  }

  /** Returns whether there may be more than one turn holds. */
  private boolean writeUnits(LiveOutlet out) {
    int turn = 0;
    if (!joined) {
      if (!join(out)) {
        endIfClosed(out);
        return false;
      }
      turn++;
    }
    for (; turn < LiveOutlet.UNITS_PER_TURN; turn++) {
      if (!writeUnit(out)) {
        return false;
      }
    }
    return true;
  }

  private boolean join(LiveOutlet out) {
    Optional<JoinPoint> point = start.in(rendition.window());
    if (point.isEmpty()) {
      return false;
    }
    cursor.moveTo(point.get());
    lagAllowedMillis = rendition.config().maxLag().toMillis() + chosenLagMillis();
    JoinContext here = JoinContext.at(point.get());
    known = here;
    joined = true;
    out.write(here.configuration().prelude(rendition.header(), rendition.kind()));
    return true;
  }

  /** Who chose to start far behind live is late only from there on. */
  private long chosenLagMillis() {
    return start.equals(StartAt.NEWEST) ? 0 : cursor.lagMillis();
  }

  private boolean writeUnit(LiveOutlet out) {
    if (blocked && cursor.lagMillis() > lagAllowedMillis && !jump(out)) {
      return false;
    }
    ReadStatus status = cursor.next(UNIT_BYTES);
    switch (status) {
      case READY -> {
        int length = cursor.length();
        out.write(cursor.segment(), cursor.offset(), length);
        cursor.advance(length);
        sentBytes += length;
        return true;
      }
      case LAPPED -> {
        return jump(out);
      }
      default -> {
        endIfClosed(out);
        return false;
      }
    }
  }

  /**
   * Goes on at the newest keyframe; the unit before it was whole tags, so the stream stays
   * decodable. Returns whether there is somewhere to go.
   */
  private boolean jump(LiveOutlet out) {
    JoinPoint point = rendition.window().newestJoinPoint().orElse(null);
    if (point == null) {
      endIfClosed(out); // else everything was trimmed: wait for the next keyframe
      return false;
    }
    if (point.position() <= cursor.position()) {
      return true;
    }
    cursor.moveTo(point);
    lagAllowedMillis = rendition.config().maxLag().toMillis();
    JoinContext there = JoinContext.at(point);
    // A change and its reversal count as well: the viewer may have read the change.
    if (known == null || known.changes() != there.changes()) {
      out.write(there.configuration().tagsAt(there.timestampMillis(), rendition.kind()));
    }
    known = there;
    listener.jumped();
    home.jumped();
    return true;
  }

  private void endIfClosed(LiveOutlet out) {
    if (!rendition.window().isClosed()) {
      return;
    }
    StreamEnd end = (StreamEnd) rendition.window().closeReason().orElseThrow();
    if (end.isClean()) {
      out.end(end.reason());
    } else {
      out.reset(end.reason());
    }
    close();
  }

  /** Ends this viewer's response so that it knows that there was more. */
  void reset(EndReason reason) {
    if (!closed && outlet != null) {
      try {
        outlet.reset(reason);
      } finally {
        close();
      }
    }
  }

  /** Looks after a viewer: closes one that takes nothing. */
  void check(long nowNanos) {
    LiveOutlet out = outlet;
    if (closed || out == null) {
      return;
    }
    try {
      check(out, nowNanos);
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(e);
    }
  }

  private void check(LiveOutlet out, long nowNanos) {
    out.settle();
    listener.lags(joined ? cursor.lagMillis() : 0);
    long pending = out.pendingBytes();
    if (pending == 0 || pending != lastPendingBytes || sentBytes != sentBytesAtCheck) {
      lastProgressNanos = nowNanos;
      lastPendingBytes = pending;
      sentBytesAtCheck = sentBytes;
    }
    long stalledNanos = nowNanos - lastProgressNanos;
    // Of who has left the window the cursor knows no more than how long that is.
    long behindMillis = Math.max(cursor.lagMillis(), stalledNanos / 1_000_000);
    if (pending > 0 && behindMillis >= rendition.memory().lagMillisMax(nowNanos)) {
      reset(EndReason.MEMORY);
    } else if (stalledNanos >= rendition.config().viewerStallTimeout().toNanos()) {
      reset(EndReason.STALLED);
    }
  }
}
