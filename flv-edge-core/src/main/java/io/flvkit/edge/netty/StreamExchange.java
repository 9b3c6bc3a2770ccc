package io.flvkit.edge.netty;

import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.loop.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.FileRegion;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One stream of HTTP/2 or HTTP/3: a request and its response. The protocols differ in how a stream
 * is written and given up. Confined to the connection's event loop.
 */
abstract class StreamExchange implements Exit {
  private final HttpListener listener;
  private final HttpLimits limits;
  private final Loop loop;
  private final boolean surplus;
  private @Nullable EdgeRequest request;
  private @Nullable ByteArrayOutputStream collected;
  private @Nullable ResponseWriter writer;
  private boolean withBody;
  private int bodyBytes;

  StreamExchange(HttpListener listener, HttpLimits limits, Loop loop, boolean surplus) {
    this.listener = listener;
    this.limits = limits;
    this.loop = loop;
    this.surplus = surplus;
  }

  final Loop loop() {
    return loop;
  }

  /**
   * The head of the request has arrived.
   *
   * @param refusal why it is not taken, or null
   * @param complete whether no body can follow
   */
  final void begin(EdgeRequest received, @Nullable Refusal refusal, boolean complete) {
    EdgeHandler edge = listener.handler();
    request = received;
    if (refusal != null) {
      refusal.count(listener);
      answer(edge.refuse(received, refusal.status(), refusal.why()));
    } else if (surplus || listener.isDraining()) {
      answer(edge.refuse(received, 503, surplus ? "too many connections" : "shutting down"));
    } else if (edge.readsBodies() && !complete) {
      collected = new ByteArrayOutputStream();
    } else {
      handle(received);
    }
  }

  /** More of the request's body. */
  final void body(ByteBuf data) {
    bodyBytes += data.readableBytes();
    if (bodyBytes > HttpLimits.BODY_BYTES) {
      refuseBody();
    } else if (collected != null) {
      byte[] bytes = new byte[data.readableBytes()];
      data.getBytes(data.readerIndex(), bytes);
      collected.writeBytes(bytes);
    }
  }

  /** The request is complete. */
  final void bodyEnds() {
    ByteArrayOutputStream body = collected;
    EdgeRequest received = request;
    collected = null;
    if (body != null && received != null) {
      handle(received.withBody(body.toByteArray()));
    }
  }

  private void handle(EdgeRequest received) {
    EdgeHandler edge = listener.handler();
    edge.handle(received, loop)
        .whenComplete(
            (response, failure) ->
                loop.run(
                    () ->
                        answer(
                            failure == null
                                ? response
                                : edge.refuse(received, 500, "internal error"))));
  }

  private void answer(EdgeResponse response) {
    Delivery delivery = response.delivery();
    EdgeRequest received = request;
    if (received == null) {
      ResponseWriter.release(response.body());
      if (delivery != null) {
        delivery.finish(EndReason.CLIENT_GONE);
      }
      return;
    }
    prepare(listener.announcing(response));
    withBody = StreamHead.hasBody(received, response);
    writer = ResponseWriter.of(this, loop, response, limits, reason -> done(delivery, reason));
    if (delivery != null) {
      delivery.cutBy(writer::cut);
    }
    writer.start();
  }

  private void done(@Nullable Delivery delivery, EndReason reason) {
    writer = null;
    request = null;
    if (delivery != null) {
      delivery.finish(reason);
    }
    answered(reason);
    if (surplus) {
      closeConnection();
    }
  }

  /** Whether the request waits for its answer. */
  final boolean isUnanswered() {
    return request != null && writer == null;
  }

  /** The stream is closed, by whomever. */
  final void closed() {
    request = null;
    collected = null;
    ResponseWriter running = writer;
    if (running != null) {
      running.clientGone();
    }
  }

  /** Takes the head of the answer, which {@link #head} or {@link #end} sends. */
  abstract void prepare(EdgeResponse response);

  /** The request's body is longer than anybody reads: the stream is given up. */
  abstract void refuseBody();

  /** The answer is over: what is left of the request is not wanted. */
  abstract void answered(EndReason reason);

  /** Ends the connection when this answer has left. */
  abstract void closeConnection();

  @Override
  public final boolean withBody() {
    return withBody;
  }

  @Override
  public final boolean takesFiles() {
    return false;
  }

  @Override
  public final ChannelFuture write(FileRegion piece) {
    throw new UnsupportedOperationException("frames are not made of files");
  }
}
