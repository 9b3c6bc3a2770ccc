package io.flvkit.edge.vod;

import io.flvkit.edge.http.Headers;
import io.flvkit.edge.origin.OriginPull;
import java.nio.ByteBuffer;

/**
 * Takes the answer of an origin. Either {@link #head} accepts one, and bytes and an end follow; or
 * one of {@link #refused} and {@link #unreachable} is the last word. All on one loop.
 */
interface OriginReceiver {
  /**
   * The head of an answer of 2xx or 304.
   *
   * @param pull to cancel when no byte of it is wanted (any more), or to hold up
   * @return false if it contradicts what was asked: the next origin is asked then
   */
  boolean head(int status, Headers headers, OriginPull pull);

  /** Bytes of the content; valid only during the call. */
  void bytes(ByteBuffer bytes);

  /** The content is complete. */
  void ended();

  /** The content broke off. */
  void broken(String why);

  /** An origin does not give the file: 3xx or 4xx, or 5xx where no other origin gave it. */
  void refused(Refusal refusal);

  /**
   * No origin gave an answer.
   *
   * @param late whether the last one was waited for in vain
   */
  void unreachable(boolean late);
}
