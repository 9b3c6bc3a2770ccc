package io.flvkit.edge.http;

import io.flvkit.buffer.Segment;
import io.flvkit.edge.loop.Loop;
import java.nio.ByteBuffer;

/**
 * One viewer's way out: frames units of FLV bytes for its protocol. Confined to one thread, that of
 * {@link #loop()}. Holds at most the units that it was given and that the client has not taken.
 */
public interface LiveOutlet {
  /** The thread of this outlet. */
  Loop loop();

  /** Whether it takes another unit now; if not, {@link LiveFeed#onWritable} will say when. */
  boolean isWritable();

  /** Sends bytes that belong to nobody: the prelude of a stream, a configuration after a jump. */
  void write(ByteBuffer shared);

  /**
   * Sends a piece of a window, whole records. Takes over the caller's reference to the segment and
   * releases it when the bytes have left.
   */
  void write(Segment segment, int offset, int lengthBytes);

  /** Bytes accepted from the feed that the client's socket has not taken yet. */
  long pendingBytes();

  /** The stream ended: finish what is pending, then end the response cleanly. */
  void end(EndReason reason);

  /** The stream broke: end the response so that the client knows it (never a clean end). */
  void reset(EndReason reason);
}
