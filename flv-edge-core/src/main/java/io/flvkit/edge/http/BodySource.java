package io.flvkit.edge.http;

import java.nio.ByteBuffer;

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

    /** The content is complete. */
    void end();

    /** The content broke off: the client must not take what it has for the whole. */
    void broken(String reason);
  }
}
