package io.flvkit.edge.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.SelfSigned;
import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.loop.Loop;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Handshakes that do not come to their end. */
class TlsEntryTest {
  private final List<String> hits = new ArrayList<>();
  private final HttpListener listener =
      new HttpListener(
          new Nobody(),
          new HttpLimits(8 << 10, Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), 1),
          new ConnectionGate(hits::add));
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new TlsEntry(TlsContexts.of(TlsConfig.of(SelfSigned.of("edge.test")), false)),
          new ProtocolChoice(listener, false));

  @Test
  void a_client_that_says_nothing_is_closed_and_counted() {
    assertThat(channel.isOpen()).isTrue();

    pass(HttpLimits.HANDSHAKE_MILLIS);

    assertThat(channel.isOpen()).isFalse();
    assertThat(hits).containsExactly("handshakeTimeout");
  }

  @Test
  void bytes_that_trickle_in_do_not_extend_the_deadline() {
    byte[] helloHead = {22, 3, 1, 1, 0, 1, 0, 0, (byte) 0xfc, 3, 3};
    for (int i = 0; i < 9; i++) {
      channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {helloHead[i]}));
      pass(HttpLimits.HANDSHAKE_MILLIS / 10);
    }
    assertThat(channel.isOpen()).isTrue();

    pass(HttpLimits.HANDSHAKE_MILLIS / 10);

    assertThat(channel.isOpen()).isFalse();
  }

  private void pass(long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  private static final class Nobody implements EdgeHandler {
    @Override
    public CompletionStage<EdgeResponse> handle(EdgeRequest request, Loop loop) {
      return new CompletableFuture<>();
    }

    @Override
    public EdgeResponse refuse(EdgeRequest request, int status, String why) {
      return EdgeResponse.text(status, why);
    }
  }
}
