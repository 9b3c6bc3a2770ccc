package io.flvkit.edge.origin;

import io.flvkit.edge.http.Headers;
import java.nio.ByteBuffer;

/** Hears what becomes of a pull. After {@code ended} or {@code failed} nothing more comes. */
public interface PullListener {
  /** The head of the final answer, redirects followed. */
  void answered(int status, Headers headers);

  /** Bytes of the content; valid only during the call. */
  void received(ByteBuffer bytes);

  /** The content is complete: last chunk, full length, or the end of a close-delimited answer. */
  void ended();

  /** There will be no more. */
  void failed(PullFailure failure, String detail);
}
