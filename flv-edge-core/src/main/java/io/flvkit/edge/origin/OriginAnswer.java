package io.flvkit.edge.origin;

import org.jspecify.annotations.Nullable;

/**
 * An answer of an origin that is not what was asked for, to be passed on as it is.
 *
 * @param status its status code
 * @param contentType its type, or null
 * @param body its first bytes, at most {@link #BODY_BYTES_MAX}; not changed any more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy would serve nobody
public record OriginAnswer(int status, @Nullable String contentType, byte[] body) {
  /** How much of a body is kept. */
  public static final int BODY_BYTES_MAX = 64 * 1024;

  /** Whether the client, not the origin, is at fault: no other origin is asked then. */
  public boolean isClientError() {
    return status >= 400 && status < 500;
  }
}
