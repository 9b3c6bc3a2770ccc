package io.flvkit.edge.netty;

import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.Protocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Heads of requests and responses whose first line is fields too: of HTTP/2 (RFC 9113, section 8)
 * and HTTP/3 (RFC 9114, section 4).
 */
final class StreamHead {
  private StreamHead() {}

  /**
   * Why a request is not taken though its frames are in order; null if it is. The decoder has seen
   * to names, values and required fields.
   */
  static @Nullable Refusal refusal(
      io.netty.handler.codec.Headers<CharSequence, CharSequence, ?> head) {
    CharSequence path = head.get(":path");
    if (path == null || path.isEmpty() || (path.charAt(0) != '/' && !path.toString().equals("*"))) {
      return new Refusal(400, "the request target is not a path");
    }
    if (path.length() > HttpLimits.REQUEST_LINE_BYTES) {
      return new Refusal(414, "request target too long");
    }
    List<CharSequence> hosts = head.getAll("host");
    CharSequence authority = head.get(":authority");
    if (hosts.size() > 1) {
      return new Refusal(400, "more than one Host");
    }
    if (hosts.isEmpty()) {
      return authority == null || authority.isEmpty() ? new Refusal(400, "no Host") : null;
    }
    boolean same =
        authority == null || hosts.get(0).toString().equalsIgnoreCase(authority.toString());
    return same ? null : new Refusal(400, "Host is not the authority");
  }

  /** The request as the edge knows it; the authority is its Host. */
  static EdgeRequest request(
      io.netty.handler.codec.Headers<CharSequence, CharSequence, ?> head,
      InetAddress peer,
      Protocol protocol,
      boolean secure) {
    Headers.Builder fields = Headers.builder();
    CharSequence authority = head.get(":authority");
    if (authority != null) {
      fields.add("Host", authority.toString());
    }
    for (Map.Entry<CharSequence, CharSequence> field : head) {
      String name = field.getKey().toString();
      boolean told = name.startsWith(":") || (authority != null && name.equals("host"));
      if (!told) {
        fields.add(name, field.getValue().toString());
      }
    }
    return new EdgeRequest(
            Objects.requireNonNullElse(head.get(":method"), "").toString(),
            Objects.requireNonNullElse(head.get(":path"), "").toString(),
            fields.build(),
            peer,
            protocol,
            System.nanoTime())
        .secured(secure);
  }

  static boolean hasBody(EdgeRequest request, EdgeResponse response) {
    int status = response.status();
    return !request.method().equals("HEAD") && status != 304 && status != 204;
  }

  /** Fills the empty head of a response; the frames say where its content ends. */
  static <H extends io.netty.handler.codec.Headers<CharSequence, CharSequence, H>> H response(
      H head, EdgeResponse response) {
    head.set(":status", Integer.toString(response.status()));
    response.headers().forEach((name, value) -> head.add(name.toLowerCase(Locale.ROOT), value));
    long length = ResponseHead.lengthBytes(response.body());
    boolean unsaid = response.status() == 204 || (response.status() == 304 && length == 0);
    if (length >= 0 && !unsaid && !head.contains("content-length")) {
      head.addLong("content-length", length);
    }
    return head;
  }
}
