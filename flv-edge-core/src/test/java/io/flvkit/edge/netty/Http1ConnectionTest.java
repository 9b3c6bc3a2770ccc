package io.flvkit.edge.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.loop.Loop;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Http1ConnectionTest {
  private static final HttpLimits LIMITS =
      new HttpLimits(
          8 << 10, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 1 << 16);

  private final CompletableFuture<EdgeResponse> answer = new CompletableFuture<>();
  private final HttpListener listener =
      new HttpListener(new OneAnswer(), LIMITS, new ConnectionGate(limit -> {}));
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new HeadDeadline(LIMITS),
          new HttpServerCodec(),
          new Http1Connection(listener, LIMITS, false));

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void a_body_behind_a_request_that_runs_is_not_collected_without_a_bound() {
    receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    receive("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");

    for (int i = 0; i < HttpLimits.PIPELINED_PARTS; i++) {
      receive("4\r\nxxxx\r\n");
    }

    assertThat(channel.config().isAutoRead()).isFalse();
  }

  @Test
  void reading_goes_on_when_what_waited_was_answered() {
    receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(HttpLimits.PIPELINED_PARTS));
    assertThat(channel.config().isAutoRead()).isFalse();

    answer.complete(EdgeResponse.text(200, "done"));
    channel.runPendingTasks();

    assertThat(channel.config().isAutoRead()).isTrue();
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  /** Gives every request the same answer, when there is one. */
  private final class OneAnswer implements EdgeHandler {
    @Override
    public CompletionStage<EdgeResponse> handle(EdgeRequest request, Loop loop) {
      return answer;
    }

    @Override
    public EdgeResponse refuse(EdgeRequest request, int status, String why) {
      return EdgeResponse.text(status, why);
    }
  }
}
