package io.flvkit.edge.netty;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.LiveBody;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * The head of a response with HTTP/1's framing: a length, chunks, or the end of the connection.
 *
 * @param message the head to write
 * @param chunked whether the body goes out in chunks
 * @param keepAlive whether the connection serves another request afterwards
 * @param withBody whether content follows at all
 */
record ResponseHead(HttpResponse message, boolean chunked, boolean keepAlive, boolean withBody) {
  /** Names are ours, and {@link Headers} has looked at the values. */
  private static final HttpHeadersFactory FIELDS =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  static ResponseHead of(HttpRequest request, EdgeResponse response, boolean keepAliveWanted) {
    HttpResponse message =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), FIELDS);
    response.headers().forEach((name, value) -> message.headers().add(name, value));
    boolean head = request.method().name().equals("HEAD");
    boolean bodiless = head || response.status() == 304 || response.status() == 204;
    long length = lengthBytes(response.body());
    boolean http11 = Http1Connection.isHttp11(request);
    boolean chunked = length < 0 && http11;
    boolean keepAlive = keepAliveWanted && (length >= 0 || chunked || bodiless);
    if (response.status() == 204) {
      chunked = false;
    } else if (length >= 0) {
      if (!(response.status() == 304 && length == 0)) {
        setLength(message, length);
      }
    } else if (chunked) {
      message.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    if (!keepAlive) {
      message.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (!http11) {
      message.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    return new ResponseHead(message, chunked, keepAlive, !bodiless);
  }

  /** A service that answers HEAD without a body says its length itself. */
  private static void setLength(HttpResponse message, long length) {
    if (!message.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
      message.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
    }
  }

  /** The length of a content; -1 if nobody knows it. */
  static long lengthBytes(Body body) {
    if (body instanceof Body.Bytes bytes) {
      return bytes.content().length;
    }
    if (body instanceof Body.Parts parts) {
      return parts.lengthBytes();
    }
    if (body instanceof Body.Pulled pulled) {
      return pulled.lengthBytes();
    }
    if (body instanceof LiveBody) {
      return -1;
    }
    throw new AssertionError(body);
  }
}
