package io.flvkit.edge.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One response: what a service decided, framed by the adapter.
 *
 * @param status the status code
 * @param headers the fields that the service sets; framing, CORS and the request id are added later
 * @param body the content
 * @param delivery who watches it being sent, or null
 */
public record EdgeResponse(int status, Headers headers, Body body, @Nullable Delivery delivery) {
  private static final String RETRY_AFTER_SECONDS = "5";

  public EdgeResponse(int status, Headers headers, Body body) {
    this(status, headers, body, null);
  }

  /** A response with nothing in it. */
  public static EdgeResponse empty(int status, Headers headers) {
    return new EdgeResponse(status, headers, Body.EMPTY);
  }

  /** A short text for a person: one line, UTF-8. */
  public static EdgeResponse text(int status, String line) {
    return new EdgeResponse(
        status,
        Headers.of("Content-Type", "text/plain; charset=utf-8"),
        new Body.Bytes((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /** There is no room now, but there will be: 503 with a {@code Retry-After}. */
  public static EdgeResponse unavailable(String line) {
    return text(503, line).with("Retry-After", RETRY_AFTER_SECONDS);
  }

  /** JSON of the admin API. */
  public static EdgeResponse json(int status, String json) {
    return new EdgeResponse(
        status,
        Headers.of("Content-Type", "application/json"),
        new Body.Bytes((json + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /** The same response with one more field. */
  public EdgeResponse with(String name, String value) {
    return new EdgeResponse(status, headers.toBuilder().set(name, value).build(), body, delivery);
  }

  /** The same response, watched. */
  public EdgeResponse watchedBy(Delivery watcher) {
    return new EdgeResponse(status, headers, body, watcher);
  }
}
