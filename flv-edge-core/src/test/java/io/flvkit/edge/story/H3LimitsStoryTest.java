package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.LimitsConfig;
import io.flvkit.edge.ListenConfig;
import io.flvkit.edge.SelfSigned;
import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.TlsIdentity;
import io.flvkit.edge.VodConfig;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.DefaultHttp3UnknownFrame;
import io.netty.handler.codec.http3.Http3Frame;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients of HTTP/3 must not do: each attack beside a viewer that must not notice it. */
class H3LimitsStoryTest {
  private static final int NO_ERROR = 0x100;
  private static final int EXCESSIVE_LOAD = 0x107;
  private static final TlsIdentity IDENTITY = SelfSigned.of("edge.test");

  @TempDir private Path folder;
  private LoopbackOrigin origin;
  private EdgeStage stage;

  @BeforeEach
  void start() throws IOException {
    origin =
        LoopbackOrigin.playing(
            answer -> {
              answer.flvHead();
              answer.chunk(Clip.bytes());
              answer.linger();
            });
    stage = stage(config -> config);
  }

  private EdgeStage stage(UnaryOperator<EdgeConfig.Builder> more) {
    return EdgeStage.pulling(
        origin.url(),
        config ->
            more.apply(
                config
                    .listen(new ListenConfig("127.0.0.1", 0, TlsConfig.of(IDENTITY)).withHttp3())
                    .vod(VodConfig.directory("/vod/", folder))
                    .limits(new LimitsConfig(0, 0, 0, 0, 0, 8 << 10, Duration.ofSeconds(2)))));
  }

  @AfterEach
  void stop() throws IOException {
    stage.close();
    origin.close();
  }

  private String metrics() {
    try {
      return RawClient.get(stage.admin(), "/metrics").text();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void assertCounted(String limit) {
    EdgeStage.until(
        limit + " is counted",
        () -> metrics().contains("flv_limit_hits_total{limit=\"" + limit + "\"} 1.0"));
  }

  /** What brings nobody forward, sent without end. */
  enum Flood {
    MALFORMED_HEADS("http3Faults") {
      @Override
      void send(H3Client client) throws IOException {
        client.get("/vod/missing", "Upper-Case", "x");
      }
    },
    EMPTY_DATA("http3EmptyFrames") {
      @Override
      void send(H3Client client) throws IOException {
        write(client, () -> new DefaultHttp3DataFrame(Unpooled.EMPTY_BUFFER));
      }
    },
    UNKNOWN_FRAMES("http3IgnoredFrames") {
      @Override
      void send(H3Client client) throws IOException {
        write(client, () -> new DefaultHttp3UnknownFrame(64, Unpooled.EMPTY_BUFFER));
      }
    };

    private final String limit;

    Flood(String limit) {
      this.limit = limit;
    }

    abstract void send(H3Client client) throws IOException;

    /** A request that goes on for ever, with frames of one kind. */
    static void write(H3Client client, Supplier<Http3Frame> frames) throws IOException {
      QuicStreamChannel request = client.request("GET", "/live/a.flv", false).channel();
      while (request.writeAndFlush(frames.get()).awaitUninterruptibly().isSuccess()) {
        Thread.onSpinWait();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Flood.class)
  void a_flood_ends_its_connection_and_nothing_else(Flood flood) throws IOException {
    try (H3Client healthy = H3Client.connect(stage.https());
        H3Client attacker = H3Client.connect(stage.https())) {
      H3Client.Stream viewer = healthy.get("/live/a.flv");
      viewer.body(1_000);

      EdgeStage.until("the connection is closed", () -> isClosedBy(flood, attacker));

      assertCounted(flood.limit);
      EdgeStage.until("only the viewer is left", () -> streams().contains("\"h3\":1"));
      assertThat(viewer.isOver()).isFalse();
    }
  }

  @Test
  void requests_that_are_given_up_before_they_end_leave_nothing() throws IOException {
    try (H3Client client = H3Client.connect(stage.https());
        H3Client attacker = H3Client.connect(stage.https())) {
      for (int i = 0; i < 90; i++) {
        attacker.request("GET", "/live/a.flv", false).channel().shutdown(0x10c);
      }

      EdgeStage.until("nobody is left", () -> streams().contains("\"h3\":0"));
      assertThat(client.get("/vod/missing").status()).isEqualTo(404);
    }
  }

  private static boolean isClosedBy(Flood flood, H3Client attacker) {
    try {
      flood.send(attacker);
    } catch (IOException e) {
      // No stream is left at the moment, or the connection is closed.
    }
    return !attacker.isOpen();
  }

  private String streams() {
    try {
      return RawClient.get(stage.admin(), "/api/streams").text();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_head_that_is_too_large_is_refused_and_one_twice_as_large_ends_the_connection()
      throws IOException {
    try (H3Client client = H3Client.connect(stage.https())) {
      assertThat(client.get("/vod/missing", "x", "y".repeat(9_000)).status()).isEqualTo(431);
      assertThat(client.get("/" + "y".repeat(8_200)).status()).isEqualTo(431);

      client.get("/vod/missing", "x", "y".repeat(20_000));

      assertThat(client.closedWith()).isEqualTo(EXCESSIVE_LOAD);
      assertThat(metrics()).contains("flv_limit_hits_total{limit=\"headerBytes\"} 3.0");
    }
  }

  @ParameterizedTest
  @CsvSource({"connection, close", "te, gzip", "x, 'a\u0000b'", "'a b', c", "host, other"})
  void a_field_that_has_no_place_in_a_head_is_refused(String name, String value)
      throws IOException {
    try (H3Client client = H3Client.connect(stage.https())) {
      // 400, or the decoder reset it before anybody could answer
      assertThat(client.get("/vod/missing", name, value).status()).isIn(0, 400);
      assertThat(client.get("/vod/missing", "te", "trailers").status()).isEqualTo(404);
    }
  }

  @Test
  void a_request_without_a_path_or_a_host_is_no_request() throws IOException {
    try (H3Client client = H3Client.connect(stage.https())) {
      Http3Headers noHost = new DefaultHttp3Headers(false);
      noHost.method("GET").scheme("https").path("/vod/missing");
      assertThat(client.send(noHost, true).end()).isEqualTo(H3Client.End.RESET);
      Http3Headers noPath = new DefaultHttp3Headers(false);
      noPath.method("GET").scheme("https").authority("edge.test");
      assertThat(client.send(noPath, true).end()).isEqualTo(H3Client.End.RESET);

      assertThat(client.get("/vod/missing").status()).isEqualTo(404);
    }
  }

  @Test
  void a_connection_that_asks_for_nothing_is_closed() throws IOException {
    try (H3Client silent = H3Client.connect(stage.https())) {
      assertThat(silent.closedWith()).isEqualTo(NO_ERROR);
      assertCounted("headerTimeout");
    }
  }

  @Test
  void a_head_that_does_not_come_ends_its_stream() throws IOException {
    try (H3Client client = H3Client.connect(stage.https())) {
      H3Client.Stream viewer = client.get("/live/a.flv");
      viewer.body(1_000);

      QuicStreamChannel slow = client.raw(QuicStreamType.BIDIRECTIONAL);
      slow.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1, 60, 0}));

      EdgeStage.until("the stream is over", () -> !slow.isOpen());
      assertCounted("headerTimeout");
      assertThat(viewer.isOver()).isFalse();
    }
  }

  @Test
  void a_handshake_that_does_not_go_on_is_given_up() throws IOException {
    try (Nat nat = new Nat(stage.https())) {
      nat.passOnly(2); // the first packet, and the same with its token

      try (H3Client client = H3Client.connect(nat.address())) {
        assertThat(client.isOpen()).isTrue(); // as far as it knows
        assertCounted("handshakeTimeout");
      }
    }
  }

  @Test
  void whoever_comes_must_show_that_it_is_at_its_address() throws IOException {
    try (Nat nat = new Nat(stage.https());
        H3Client client = H3Client.connect(nat.address())) {
      assertThat(client.get("/vod/missing").status()).isEqualTo(404);

      assertThat(nat.firstAnswer() & 0xf0).isEqualTo(0xf0); // Retry (RFC 9000, section 17.2.5)
    }
  }

  @Test
  void connections_beyond_the_limit_of_an_address_are_told_so() throws IOException {
    try (EdgeStage narrow =
            stage(
                config ->
                    config.limits(
                        new LimitsConfig(0, 1, 0, 0, 0, 8 << 10, Duration.ofSeconds(20))));
        H3Client first = H3Client.connect(narrow.https());
        H3Client second = H3Client.connect(narrow.https())) {
      assertThat(second.get("/vod/missing").status()).isEqualTo(503);
      assertThat(second.closedWith()).isEqualTo(NO_ERROR);
      assertThat(first.get("/vod/missing").status()).isEqualTo(404);
      assertThat(RawClient.get(narrow.admin(), "/metrics").text())
          .contains("flv_limit_hits_total{limit=\"connectionsPerIp\"} 1.0");
    }
  }
}
