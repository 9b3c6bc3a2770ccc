package io.flvkit.edge.http;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Delivers a content in pieces, as fast as its sink asks. */
public interface BodySource {

  /**
   * Starts the delivery; called once. The source may call the sink from any thread, but never from
   * two at a time.
   */
  void start(Sink sink);

  /** The sink can take another piece: one call allows one {@link Sink#piece}. */
  void more();

  /** Nobody wants the rest. Safe to call at any time, also after the end. */
  void cancel();

  /** Takes the pieces. */
  interface Sink {
    /** Takes over {@code bytes}: the source does not touch it any more. */
    void piece(ByteBuffer bytes);

    /** Whether {@link #file} is understood: the connection can send from a file by itself. */
    default boolean takesFiles() {
      return false;
    }

    /**
     * Takes a piece of an open file, as {@link #piece} takes bytes; only where {@link #takesFiles}.
     *
     * @param release runs once, on any thread, when the file is not needed any more
     */
    default void file(FileChannel file, long offset, int lengthBytes, Runnable release) {
      throw new UnsupportedOperationException("this connection does not send from files");
    }

    /** The content is complete. */
    void end();

    /** The content broke off: the client must not take what it has for the whole. */
    void broken(String reason);
  }
}
