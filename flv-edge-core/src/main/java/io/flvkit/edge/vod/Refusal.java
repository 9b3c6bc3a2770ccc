package io.flvkit.edge.vod;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.Headers;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Collects an origin's answer that is not the file: status, fields, and a little body. */
final class Refusal {
  /** What is kept of the body; the rest is cut off. */
  static final int BODY_BYTES_MAX = 64 * 1024;

  private final int status;
  private final Headers headers;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  Refusal(int status, Headers headers) {
    this.status = status;
    this.headers = headers;
  }

  /** Copies what still fits; false when no more does. */
  boolean take(ByteBuffer bytes) {
    byte[] copy = new byte[Math.min(bytes.remaining(), BODY_BYTES_MAX - body.size())];
    bytes.get(copy);
    body.writeBytes(copy);
    return body.size() < BODY_BYTES_MAX;
  }

  int status() {
    return status;
  }

  /** As the origin sent them. */
  Headers headers() {
    return headers;
  }

  Body.Bytes body() {
    return new Body.Bytes(body.toByteArray());
  }
}
