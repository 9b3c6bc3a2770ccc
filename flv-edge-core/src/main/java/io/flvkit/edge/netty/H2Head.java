package io.flvkit.edge.netty;

import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.Protocol;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.ssl.SslHandler;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Heads of requests and responses in the words of HTTP/2 (RFC 9113, section 8). */
final class H2Head {
  private H2Head() {}

  /**
   * Why a request is not taken though its frames are in order; null if it is. The decoder has seen
   * to names, values and required fields.
   */
  static @Nullable Refusal refusal(Http2Headers headers) {
    CharSequence path = headers.path();
    if (path == null || path.isEmpty() || (path.charAt(0) != '/' && !path.toString().equals("*"))) {
      return new Refusal(400, "the request target is not a path");
    }
    if (path.length() > HttpLimits.REQUEST_LINE_BYTES) {
      return new Refusal(414, "request target too long");
    }
    int hosts = headers.getAll("host").size();
    CharSequence host = headers.get("host");
    CharSequence authority = headers.authority();
    if (hosts > 1) {
      return new Refusal(400, "more than one Host");
    }
    if (host == null && (authority == null || authority.isEmpty())) {
      return new Refusal(400, "no Host");
    }
    if (host != null
        && authority != null
        && !host.toString().equalsIgnoreCase(authority.toString())) {
      return new Refusal(400, "Host is not the authority");
    }
    return null;
  }

  /** The request as the edge knows it; the authority is its Host. */
  static EdgeRequest request(ChannelHandlerContext ctx, Http2Headers headers) {
    Headers.Builder fields = Headers.builder();
    CharSequence authority = headers.authority();
    if (authority != null) {
      fields.add("Host", authority.toString());
    }
    for (Map.Entry<CharSequence, CharSequence> field : headers) {
      String name = field.getKey().toString();
      boolean told = name.startsWith(":") || (authority != null && name.equals("host"));
      if (!told) {
        fields.add(name, field.getValue().toString());
      }
    }
    return new EdgeRequest(
            Objects.requireNonNullElse(headers.method(), "").toString(),
            Objects.requireNonNullElse(headers.path(), "").toString(),
            fields.build(),
            Addresses.peer(ctx.channel()),
            Protocol.H2,
            System.nanoTime())
        .secured(ctx.pipeline().get(SslHandler.class) != null);
  }

  static boolean hasBody(EdgeRequest request, EdgeResponse response) {
    int status = response.status();
    return !request.method().equals("HEAD") && status != 304 && status != 204;
  }

  /** The head of a response; the frames say where its content ends. */
  static Http2Headers response(EdgeResponse response) {
    Http2Headers head = new DefaultHttp2Headers(false);
    head.status(Integer.toString(response.status()));
    response.headers().forEach((name, value) -> head.add(name.toLowerCase(Locale.ROOT), value));
    long length = ResponseHead.lengthBytes(response.body());
    boolean unsaid = response.status() == 204 || (response.status() == 304 && length == 0);
    if (length >= 0 && !unsaid && !head.contains("content-length")) {
      head.addLong("content-length", length);
    }
    return head;
  }
}
