package io.flvkit.edge.http;

import io.flvkit.buffer.Segment;
import io.flvkit.edge.loop.Loop;
import java.nio.ByteBuffer;

/**
 * One viewer's way out: frames units of FLV bytes for its protocol. Confined to one thread, that of
 * {@link #loop()}. Holds at most the units that it was given and that the client has not taken.
 *
 * <p>A turn is a few writes, at most {@link #UNITS_PER_TURN}, and one {@link #flush}, which hands
 * them to the system together.
 */
public interface LiveOutlet {
  /** Most writes between two calls of {@link #flush}. */
  int UNITS_PER_TURN = 4;

  /** The thread of this outlet. */
  Loop loop();

  /**
   * Whether everything flushed so far has left, so that another turn may begin; if not, {@link
   * LiveFeed#onWritable} will say when.
   */
  boolean isWritable();

  /** Sends bytes that belong to nobody: the prelude of a stream, a configuration after a jump. */
  void write(ByteBuffer shared);

  /**
   * Sends a piece of a window, whole records. Takes over the caller's reference to the segment and
   * releases it when the bytes have left.
   */
  void write(Segment segment, int offset, int lengthBytes);

  /** Sends what was written in this turn; does nothing if there is nothing. */
  void flush();

  /**
   * Accounts for what was sent since the last call, in log and metrics. Called at the first bytes
   * and then about once a second, because counting at each flush would cost more than the flush.
   */
  void settle();

  /** Bytes accepted from the feed that the client's socket has not taken yet. */
  long pendingBytes();

  /** The stream ended: finish what is pending, then end the response cleanly. */
  void end(EndReason reason);

  /** The stream broke: end the response so that the client knows it (never a clean end). */
  void reset(EndReason reason);
}
