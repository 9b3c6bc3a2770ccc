package io.flvkit.edge.http;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sending of one response, as the log and the metrics see it. Written by the adapter on the
 * connection's thread; {@link #bytes} may be read from any thread.
 */
public abstract class Delivery {
  private volatile long bytes;
  private @Nullable Consumer<EndReason> cutter;
  private boolean finished;

  protected Delivery() {}

  /** Content bytes given to the connection so far. */
  public final long bytes() {
    return bytes;
  }

  /** More content bytes were given to the connection. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the connection's thread
  public final void sent(long count) {
    if (bytes == 0 && count > 0) {
      onFirstByte();
    }
    bytes += count;
    onBytes(count);
  }

  /** Says how this response can be broken off; the adapter does so when it begins to send. */
  public final void cutBy(Consumer<EndReason> cutter) {
    this.cutter = cutter;
  }

  /** Breaks the response off, so that the client knows; nothing if it is not being sent. */
  protected final void cut(EndReason reason) {
    if (cutter != null && !finished) {
      cutter.accept(reason);
    }
  }

  /** The response is over. Only the first call counts. */
  public final void finish(EndReason reason) {
    if (!finished) {
      finished = true;
      onFinished(reason);
    }
  }

  /** The first byte of the content was given to the connection. */
  protected void onFirstByte() {}

  /** More content bytes were given to the connection. */
  protected void onBytes(long count) {}

  /** The response is over; called once. */
  protected abstract void onFinished(EndReason reason);
}
