package io.flvkit.edge.vod;

import io.flvkit.edge.http.BodySource;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginPull;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way from an origin to a client. Holds what the client has not taken yet and stops
 * reading from the origin while that is much. Confined to the loop of the pull, except where calls
 * of {@link BodySource} may come from elsewhere.
 */
final class PassThroughBody implements BodySource {
  /** With so much waiting the origin is not read any more. */
  static final int HIGH_WATER_BYTES = 256 * 1024;

  /** With so little waiting it is read again. */
  static final int LOW_WATER_BYTES = 64 * 1024;

  /** Never held: a pull that goes on although it was told to stop is given up. */
  static final int LIMIT_BYTES = 4 * 1024 * 1024;

  private final Loop loop;
  private final OriginPull pull;
  private final long stallNanos;
  private final PieceQueue waiting = new PieceQueue();

  private @Nullable Sink sink;
  private int piecesWanted;
  private boolean reading = true;
  private boolean complete;
  private @Nullable String fault;
  private boolean over;
  private boolean deliveryPlanned;
  private long lastByteNanos;
  private Loop.Timer stallTimer;

  PassThroughBody(Loop loop, OriginPull pull, Duration stall) {
    this.loop = loop;
    this.pull = pull;
    this.stallNanos = stall.toNanos();
    this.lastByteNanos = loop.nanoTime();
    this.stallTimer = loop.schedule(stallNanos, this::checkStall);
  }

  @Override
  public void start(Sink client) {
    loop.run(
        () -> {
          sink = client;
          deliver();
        });
  }

  @Override
  public void more() {
    loop.run(
        () -> {
          piecesWanted++;
          deliver();
        });
  }

  @Override
  public void cancel() {
    loop.run(
        () -> {
          if (!over) {
            finish();
            pull.cancel();
          }
        });
  }

  /** The origin sent bytes; valid only during the call. */
  void received(ByteBuffer bytes) {
    if (over || complete || fault != null) {
      return;
    }
    lastByteNanos = loop.nanoTime();
    waiting.add(bytes);
    if (waiting.bytes() > LIMIT_BYTES) {
      pull.cancel();
      broken("the origin sends faster than it is read");
      return;
    }
    if (reading && waiting.bytes() >= HIGH_WATER_BYTES) {
      read(false);
    }
    deliverSoon();
  }

  /** The origin sent everything. */
  void ended() {
    complete = true;
    deliver();
  }

  /** The origin will send no more, and not everything came. */
  void broken(String why) {
    fault = why;
    deliver();
  }

  /** One read of the socket arrives in small pieces: they go on as one, when all are there. */
  private void deliverSoon() {
    if (!deliveryPlanned) {
      deliveryPlanned = true;
      loop.execute(
          () -> {
            deliveryPlanned = false;
            deliver();
          });
    }
  }

  private void deliver() {
    if (over || sink == null) {
      return;
    }
    while (piecesWanted > 0 && waiting.bytes() > 0 && !over) {
      piecesWanted--;
      sink.piece(waiting.take());
    }
    if (over) {
      return;
    }
    if (waiting.bytes() == 0 && complete) {
      finish();
      sink.end();
    } else if (waiting.bytes() == 0 && fault != null) {
      finish();
      sink.broken(fault);
    } else if (!reading && waiting.bytes() <= LOW_WATER_BYTES) {
      read(true);
    }
  }

  private void read(boolean wanted) {
    reading = wanted;
    lastByteNanos = loop.nanoTime();
    pull.read(wanted);
  }

  private void checkStall() {
    long quiet = loop.nanoTime() - lastByteNanos;
    if (over || complete || fault != null) {
      return;
    }
    if (reading && quiet >= stallNanos) {
      pull.cancel();
      broken("the origin stalled");
    } else {
      long left = reading ? stallNanos - quiet : stallNanos;
      stallTimer = loop.schedule(left, this::checkStall);
    }
  }

  private void finish() {
    over = true;
    stallTimer.cancel();
    waiting.clear();
  }
}
