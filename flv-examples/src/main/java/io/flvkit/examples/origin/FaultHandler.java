package io.flvkit.examples.origin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The admin listener: {@code POST /fault?stream=NAME&kind=KIND[&millis=N]}. */
@SuppressWarnings("FutureReturnValueIgnored") // closing has no failure to act on
final class FaultHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final LiveStreams streams;

  FaultHandler(LiveStreams streams) {
    this.streams = streams;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    Answers.answerAndClose(context, answer(request));
  }

  private FullHttpResponse answer(FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Answers.status(HttpResponseStatus.BAD_REQUEST);
    }
    QueryStringDecoder target = new QueryStringDecoder(request.uri());
    if (!target.path().equals("/fault")) {
      return Answers.status(HttpResponseStatus.NOT_FOUND);
    }
    if (!request.method().equals(HttpMethod.POST)) {
      FullHttpResponse refusal = Answers.status(HttpResponseStatus.METHOD_NOT_ALLOWED);
      refusal.headers().set(HttpHeaderNames.ALLOW, HttpMethod.POST.name());
      return refusal;
    }
    try {
      return apply(target.parameters());
    } catch (IllegalArgumentException e) {
      return Answers.status(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private FullHttpResponse apply(Map<String, List<String>> parameters) {
    String name = required(parameters, "stream");
    String word = required(parameters, "kind");
    Fault fault =
        Fault.ofWord(word).orElseThrow(() -> new IllegalArgumentException("kind: " + word));
    long millis = fault == Fault.TIMESTAMP_JUMP ? millis(required(parameters, "millis")) : 0;
    return streams.apply(name, fault, millis)
        ? Answers.status(HttpResponseStatus.NO_CONTENT)
        : Answers.status(HttpResponseStatus.NOT_FOUND, "nothing to act on: " + name);
  }

  private static String required(Map<String, List<String>> parameters, String name) {
    return Optional.ofNullable(parameters.get(name))
        .filter(values -> values.size() == 1 && !values.get(0).isEmpty())
        .map(values -> values.get(0))
        .orElseThrow(() -> new IllegalArgumentException("wanted once: " + name));
  }

  private static long millis(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("millis: not a number: " + text, e);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
