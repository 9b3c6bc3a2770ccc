package io.flvkit.edge.log;

import io.flvkit.edge.json.JsonWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the access log. Fields without a value are null. What came from the client is escaped
 * and bounded here, but secrets must be taken out before: see {@link Redaction}.
 *
 * @param time the end of the response, or of the minute of a running one
 * @param event whether the response is over
 * @param id the request's id
 * @param service {@code live}, {@code vod} or what else the edge serves
 * @param stream path of the live stream
 * @param path the request's path, as sent
 * @param query the request's query without secrets
 * @param ip the client's address
 * @param country of the client, ISO 3166-1 alpha-2
 * @param method of the request
 * @param status of the response
 * @param protocol {@code h1}, {@code h2}, {@code h3} or {@code ws}
 * @param bytes body bytes sent so far
 * @param durationMillis since the request came
 * @param startupMillis from the request to the first byte of the body
 * @param jumps how often a slow viewer went on at the newest keyframe
 * @param cacheStatus as in the response's header
 * @param origin which origin served
 * @param reason why the response ended or was refused
 * @param rule which access rule refused
 * @param referer of the request, without secrets
 * @param userAgent of the request
 */
public record AccessEntry(
    Instant time,
    Event event,
    String id,
    @Nullable String service,
    @Nullable String stream,
    @Nullable String path,
    @Nullable String query,
    @Nullable String ip,
    @Nullable String country,
    @Nullable String method,
    @Nullable Integer status,
    @Nullable String protocol,
    long bytes,
    long durationMillis,
    @Nullable Long startupMillis,
    @Nullable Long jumps,
    @Nullable String cacheStatus,
    @Nullable String origin,
    @Nullable String reason,
    @Nullable String rule,
    @Nullable String referer,
    @Nullable String userAgent) {

  /** The longest text of one field, in characters; what is longer is cut. */
  static final int MAX_CHARS = 2048;

  public AccessEntry {
    id = id.length() <= MAX_CHARS ? id : id.substring(0, MAX_CHARS);
    stream = cut(stream);
    path = cut(path);
    query = cut(query);
    method = cut(method);
    referer = cut(referer);
    userAgent = cut(userAgent);
  }

  /** What happened. */
  public enum Event {
    /** The response is over. */
    END("end"),
    /** A live response goes on. */
    RUNNING("running");

    private final String word;

    Event(String word) {
      this.word = word;
    }
  }

  /** The entry as one line of JSON, without a newline. */
  public String toJson() {
    return new JsonWriter()
        .beginObject()
        .field("time", time.toString())
        .field("event", event.word)
        .field("id", id)
        .field("service", service)
        .field("stream", stream)
        .field("path", path)
        .field("query", query)
        .field("ip", ip)
        .field("country", country)
        .field("method", method)
        .field("status", status)
        .field("protocol", protocol)
        .field("bytes", bytes)
        .field("durationMillis", durationMillis)
        .field("startupMillis", startupMillis)
        .field("jumps", jumps)
        .field("cacheStatus", cacheStatus)
        .field("origin", origin)
        .field("reason", reason)
        .field("rule", rule)
        .field("referer", referer)
        .field("userAgent", userAgent)
        .endObject()
        .toString();
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS);
  }
}
