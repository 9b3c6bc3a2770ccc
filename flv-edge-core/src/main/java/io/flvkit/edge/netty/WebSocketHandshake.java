package io.flvkit.edge.netty;

import io.flvkit.edge.http.EdgeResponse;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The opening of a WebSocket (RFC 6455, section 4). */
final class WebSocketHandshake {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String VERSION = "13";
  private static final int KEY_BYTES = 16;

  private WebSocketHandshake() {}

  /** Whether the client asks for a WebSocket, well or badly. */
  static boolean isWanted(HttpRequest request) {
    return request.method().name().equals("GET")
        && Http1Connection.isHttp11(request)
        && request
            .headers()
            .containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && request
            .headers()
            .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  /** Why the request cannot open a WebSocket; null if it can. */
  static @Nullable Refusal refusal(HttpRequest request) {
    if (!request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION).equals(List.of(VERSION))) {
      return new Refusal(426, "only WebSocket version 13");
    }
    List<String> keys = request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    return keys.size() == 1 && isKey(keys.get(0)) ? null : new Refusal(400, "no WebSocket key");
  }

  private static boolean isKey(String text) {
    try {
      return Base64.getDecoder().decode(text).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The answer to a request that is in order, with the fields of the service's response. */
  static FullHttpResponse accept(HttpRequest request, EdgeResponse response) {
    FullHttpResponse message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    response.headers().forEach((name, value) -> message.headers().add(name, value));
    message.headers().remove(HttpHeaderNames.CONTENT_TYPE);
    message.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
    message.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    String key = String.valueOf(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY));
    message.headers().set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, answerTo(key));
    return message;
  }

  private static String answerTo(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1"); // as the protocol asks, no secret
      return Base64.getEncoder()
          .encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
