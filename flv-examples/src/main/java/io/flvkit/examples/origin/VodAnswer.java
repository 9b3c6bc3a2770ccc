package io.flvkit.examples.origin;

import io.flvkit.vod.ByteRange;
import io.flvkit.vod.EntityTag;
import io.flvkit.vod.HttpDate;
import io.flvkit.vod.MultipartBody;
import io.flvkit.vod.RangePlan;
import io.flvkit.vod.Representation;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/** Writes the answer that a {@link RangePlan} decided on; the socket takes the file as it can. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel
record VodAnswer(Path file, Representation representation, RangePlan plan) {
  private static final SecureRandom RANDOM = new SecureRandom();

  void write(ChannelHandlerContext context, HttpRequest request) {
    boolean withBody = request.method().equals(HttpMethod.GET);
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    HttpResponse head =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(plan.status()));
    setValidators(head);
    HttpUtil.setKeepAlive(head, keepAlive);
    Channel channel = context.channel();
    switch (plan.kind()) {
      case FULL -> {
        long length = ((RangePlan.Full) plan).length();
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType());
        HttpUtil.setContentLength(head, length);
        channel.write(head);
        writeFile(channel, 0, withBody ? length : 0);
      }
      case SINGLE -> {
        RangePlan.Single single = (RangePlan.Single) plan;
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType());
        head.headers().set(HttpHeaderNames.CONTENT_RANGE, single.contentRange().toString());
        HttpUtil.setContentLength(head, single.range().length());
        channel.write(head);
        writeFile(channel, single.range().first(), single.range().length());
      }
      case MULTIPART -> writeParts(channel, head, (RangePlan.Multipart) plan);
      case UNSATISFIABLE -> {
        RangePlan.Unsatisfiable none = (RangePlan.Unsatisfiable) plan;
        head.headers().set(HttpHeaderNames.CONTENT_RANGE, none.contentRange().toString());
        HttpUtil.setContentLength(head, 0);
        channel.write(head);
      }
      case PRECONDITION_FAILED -> {
        HttpUtil.setContentLength(head, 0);
        channel.write(head);
      }
      case NOT_MODIFIED -> channel.write(head);
    }
    channel
        .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
        .addListener(
            keepAlive ? ChannelFutureListener.CLOSE_ON_FAILURE : ChannelFutureListener.CLOSE);
  }

  private void setValidators(HttpResponse head) {
    Answers.allowAnySite(head.headers());
    head.headers().set(HttpHeaderNames.ACCEPT_RANGES, HttpHeaderValues.BYTES);
    EntityTag etag = representation.etag();
    if (etag != null) {
      head.headers().set(HttpHeaderNames.ETAG, etag.toString());
    }
    Instant lastModified = representation.lastModified();
    if (lastModified != null) {
      head.headers().set(HttpHeaderNames.LAST_MODIFIED, HttpDate.format(lastModified));
    }
  }

  private String contentType() {
    return file.toString().endsWith(".flv") ? "video/x-flv" : "application/octet-stream";
  }

  private void writeFile(Channel channel, long offset, long length) {
    if (length > 0) {
      channel.write(new DefaultFileRegion(file.toFile(), offset, length));
    }
  }

  private void writeParts(Channel channel, HttpResponse head, RangePlan.Multipart multipart) {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    MultipartBody body = multipart.body(contentType(), HexFormat.of().formatHex(random));
    head.headers().set(HttpHeaderNames.CONTENT_TYPE, body.multipartType());
    HttpUtil.setContentLength(head, body.bytes());
    channel.write(head);
    for (int index = 0; index < body.ranges().size(); index++) {
      ByteRange range = body.ranges().get(index);
      channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(body.partHead(index))));
      writeFile(channel, range.first(), range.length());
    }
    channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(body.end())));
  }
}
