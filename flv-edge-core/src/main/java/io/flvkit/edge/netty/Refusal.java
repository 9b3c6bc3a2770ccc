package io.flvkit.edge.netty;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request head is not taken (RFC 9112). The decoder of Netty flags what it finds only as a
 * failed result, and does not look at Host and version at all.
 */
record Refusal(int status, String why) {
  /** Counts it if a limit is its reason. */
  void count(HttpListener listener) {
    if (status == 414 || status == 431) {
      listener.limitHit("headerBytes");
    }
  }

  /** The refusal, or null if the head is in order. */
  static @Nullable Refusal of(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      Throwable cause = request.decoderResult().cause();
      if (cause instanceof TooLongHttpLineException) {
        return new Refusal(414, "request line too long");
      }
      if (cause instanceof TooLongFrameException) {
        return new Refusal(431, "header fields too large");
      }
      return new Refusal(400, "malformed request");
    }
    HttpVersion version = request.protocolVersion();
    if (!version.protocolName().equals("HTTP") || version.majorVersion() != 1) {
      return new Refusal(505, "HTTP version not supported");
    }
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && Http1Connection.isHttp11(request))) {
      return new Refusal(400, hosts == 0 ? "no Host" : "more than one Host");
    }
    if (!RequestTarget.of(request).isKnown()) {
      return new Refusal(400, "the request target is not a path");
    }
    return null;
  }
}
