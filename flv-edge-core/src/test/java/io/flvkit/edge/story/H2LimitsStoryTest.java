package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.LimitsConfig;
import io.flvkit.edge.story.RawH2Client.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients of HTTP/2 must not do: each attack beside a viewer that must not notice it. */
class H2LimitsStoryTest {
  private static final int ENHANCE_YOUR_CALM = 11;

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
    stage =
        EdgeStage.pulling(
            origin.url(),
            config ->
                config.limits(new LimitsConfig(0, 0, 0, 0, 0, 8 << 10, Duration.ofSeconds(2))));
  }

  @AfterEach
  void stop() throws IOException {
    stage.close();
    origin.close();
  }

  /** Frames that bring nobody forward, each sent without end. */
  enum Flood {
    RAPID_RESET("http2Resets") {
      @Override
      void send(RawH2Client client, int i) {
        client.get(2 * i + 1, "/live/a.flv");
        client.frame(RawH2Client.RST_STREAM, 0, 2 * i + 1, RawH2Client.number(8));
      }
    },
    RESETS_PROVOKED("http2Faults") {
      @Override
      void send(RawH2Client client, int i) {
        client.get(2 * i + 1, "/live/a.flv");
        client.windowUpdate(2 * i + 1, 0);
      }
    },
    RESETS_PROVOKED_BY_OVERFLOW("http2Faults") {
      @Override
      void send(RawH2Client client, int i) {
        client.get(2 * i + 1, "/live/a.flv");
        client.windowUpdate(2 * i + 1, Integer.MAX_VALUE);
      }
    },
    SETTINGS("http2Settings") {
      @Override
      void send(RawH2Client client, int i) {
        client.frame(RawH2Client.SETTINGS, 0, 0);
      }
    },
    PING("http2Pings") {
      @Override
      void send(RawH2Client client, int i) {
        client.frame(RawH2Client.PING, 0, 0, new byte[8]);
      }
    },
    EMPTY_DATA("http2EmptyFrames") {
      @Override
      void send(RawH2Client client, int i) {
        if (i == 0) {
          client.request(1, "GET", "/live/a.flv", false);
        }
        client.frame(RawH2Client.DATA, 0, 1);
      }
    },
    PRIORITY("http2IgnoredFrames") {
      @Override
      void send(RawH2Client client, int i) {
        client.frame(RawH2Client.PRIORITY, 0, 2 * i + 1, new byte[] {0, 0, 0, 0, 1});
      }
    },
    UNKNOWN("http2IgnoredFrames") {
      @Override
      void send(RawH2Client client, int i) {
        client.frame(0xF0, 0, 0, new byte[] {1});
      }
    },
    WINDOW_UPDATE("http2WindowUpdates") {
      @Override
      void send(RawH2Client client, int i) {
        if (i == 0) {
          client.get(1, "/live/a.flv");
        }
        client.windowUpdate(0, 1);
      }
    },
    EMPTY_CONTINUATION("http2Continuations") {
      @Override
      void send(RawH2Client client, int i) {
        if (i == 0) {
          client.frame(RawH2Client.HEADERS, 0, 1, RawH2Client.head("GET", "/live/a.flv"));
        }
        client.frame(RawH2Client.CONTINUATION, 0, 1);
      }
    };

    private final String limit;

    Flood(String limit) {
      this.limit = limit;
    }

    abstract void send(RawH2Client client, int i);
  }

  @ParameterizedTest
  @EnumSource(Flood.class)
  void a_flood_ends_its_connection_and_nothing_else(Flood flood) throws IOException {
    try (RawH2Client viewer = RawH2Client.connect(stage.http());
        RawH2Client attacker = RawH2Client.connect(stage.http())) {
      viewer.get(1, "/live/a.flv");
      viewer.body(1, 1_000);

      boolean open = true;
      for (int i = 0; open && i < 1_000_000; i++) {
        flood.send(attacker, i);
        if (i % 1_000 == 999) {
          open = flushes(attacker);
        }
      }

      int error = attacker.errorAtEnd();
      assertThat(error).isIn(ENHANCE_YOUR_CALM, -1); // or cut off with bytes unread
      EdgeStage.until("it is counted", () -> limitHits(flood.limit) == 1);
      EdgeStage.until("only the viewer is left", () -> text("/api/streams").contains("\"h2\":1"));
      assertThat(viewer.body(1, 1_000)).isNotEmpty();
    }
  }

  private static boolean flushes(RawH2Client client) {
    try {
      client.flush();
      return true;
    } catch (IOException e) {
      return false; // closed
    }
  }

  private int limitHits(String limit) {
    return text("/metrics")
        .lines()
        .filter(line -> line.startsWith("flv_limit_hits_total{limit=\"" + limit + "\"}"))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  private String text(String path) {
    try {
      return RawClient.get(stage.admin(), path).text();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void headers_beyond_their_limit_get_431() throws IOException {
    try (RawH2Client client = RawH2Client.connect(stage.http())) {
      String[] fields = new String[140];
      Arrays.fill(fields, "x".repeat(60));
      client.get(1, "/live/a.flv", fields);

      assertThat(client.head(1)).containsEntry(":status", "431");
      assertThat(limitHits("headerBytes")).isOne();
    }
  }

  @Test
  void a_bomb_of_indexed_fields_gets_431_too() throws IOException {
    try (RawH2Client client = RawH2Client.connect(stage.http())) {
      byte[] large = RawH2Client.fields("x", "y".repeat(120));
      large[0] = 0x40; // remember it
      byte[] head = RawH2Client.head("GET", "/live/a.flv");
      ByteBuffer bomb = ByteBuffer.allocate(head.length + large.length + 2_000);
      bomb.put(head).put(large);
      while (bomb.hasRemaining()) {
        bomb.put((byte) (0x80 | 62)); // and again
      }
      client.frame(
          RawH2Client.HEADERS, RawH2Client.END_HEADERS | RawH2Client.END_STREAM, 1, bomb.array());

      assertThat(client.head(1)).containsEntry(":status", "431");
    }
  }

  @Test
  void continuations_that_carry_on_for_ever_are_cut_off() throws IOException {
    try (RawH2Client client = RawH2Client.connect(stage.http())) {
      client.frame(RawH2Client.HEADERS, 0, 1, RawH2Client.head("GET", "/live/a.flv"));
      for (int i = 0; i < 100; i++) {
        client.frame(RawH2Client.CONTINUATION, 0, 1, new byte[16_000]);
      }
      flushes(client);

      client.errorAtEnd();
      EdgeStage.until("it is counted", () -> limitHits("headerBytes") == 1);
    }
  }

  @Test
  void streams_beyond_the_limit_are_refused_and_the_others_go_on() throws IOException {
    try (RawH2Client client = RawH2Client.wide(stage.http(), 1 << 20)) {
      for (int i = 0; i < 101; i++) {
        client.get(2 * i + 1, "/live/a.flv");
      }

      Frame refused = null;
      while (refused == null || refused.type() != RawH2Client.RST_STREAM) {
        refused = client.next();
        assertThat(refused).isNotNull();
      }

      assertThat(refused.stream()).isEqualTo(201);
      assertThat(refused.error()).isEqualTo(7); // REFUSED_STREAM
      assertThat(limitHits("http2Streams")).isOne();
      EdgeStage.until("a hundred watch", () -> text("/api/streams").contains("\"h2\":100"));
    }
  }

  @Test
  void a_connection_that_asks_for_nothing_is_closed() throws IOException {
    try (RawH2Client silent = RawH2Client.connect(stage.http());
        RawH2Client trickling = RawH2Client.connect(stage.http())) {
      silent.flush();
      byte[] head = RawH2Client.head("GET", "/live/a.flv");
      trickling.frame(RawH2Client.HEADERS, 0, 1, Arrays.copyOf(head, 10));
      trickling.flush();
      trickling.confirmNothing();

      assertThat(silent.errorAtEnd()).isZero();
      assertThat(trickling.errorAtEnd()).isZero();
      EdgeStage.until("both are counted", () -> limitHits("headerTimeout") >= 2);
    }
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of(
            "no path", RawH2Client.fields(":method", "GET", ":scheme", "http", ":authority", "e")),
        Arguments.of(
            "no method",
            RawH2Client.fields(":path", "/live/a.flv", ":scheme", "http", ":authority", "e")),
        Arguments.of(
            "no scheme",
            RawH2Client.fields(":method", "GET", ":path", "/live/a.flv", ":authority", "e")),
        Arguments.of(
            "no authority",
            RawH2Client.fields(":method", "GET", ":path", "/live/a.flv", ":scheme", "http")),
        Arguments.of("empty path", RawH2Client.head("GET", "")),
        Arguments.of("a whole address", RawH2Client.head("GET", "http://e/live/a.flv")),
        Arguments.of("two paths", RawH2Client.head("GET", "/live/a.flv", ":path", "/vod/a")),
        Arguments.of(
            "a late pseudo field", RawH2Client.head("GET", "/live/a.flv", "a", "b", ":path", "/")),
        Arguments.of("an unknown pseudo field", RawH2Client.head("GET", "/live/a.flv", ":x", "y")),
        Arguments.of("a name in capitals", RawH2Client.head("GET", "/live/a.flv", "Accept", "*/*")),
        Arguments.of(
            "a field of the connection",
            RawH2Client.head("GET", "/live/a.flv", "connection", "close")),
        Arguments.of(
            "chunks", RawH2Client.head("GET", "/live/a.flv", "transfer-encoding", "chunked")),
        Arguments.of("TE", RawH2Client.head("GET", "/live/a.flv", "te", "gzip")),
        Arguments.of("another host", RawH2Client.head("GET", "/live/a.flv", "host", "other")),
        Arguments.of(
            "two lengths",
            RawH2Client.head("GET", "/live/a.flv", "content-length", "0", "content-length", "5")),
        Arguments.of(
            "a length without a body",
            RawH2Client.head("GET", "/live/a.flv", "content-length", "5")),
        Arguments.of("a line break", RawH2Client.head("GET", "/live/a.flv", "a", "b\r\nc: d")),
        Arguments.of("a NUL", RawH2Client.head("GET", "/live/a.flv", "a", "b\0")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void a_malformed_request_never_reaches_a_service(String what, byte[] head) throws IOException {
    try (RawH2Client client = RawH2Client.connect(stage.http())) {
      client.frame(RawH2Client.HEADERS, RawH2Client.END_HEADERS | RawH2Client.END_STREAM, 1, head);

      Frame answer = client.next();
      while (answer != null
          && answer.type() != RawH2Client.HEADERS
          && answer.type() != RawH2Client.RST_STREAM
          && answer.type() != RawH2Client.GOAWAY) {
        answer = client.next();
      }

      assertThat(answer).as(what).isNotNull();
      if (answer.type() == RawH2Client.HEADERS) {
        assertThat(answer.fields()).as(what).containsEntry(":status", "400");
      } else {
        assertThat(answer.error()).as(what).isEqualTo(1); // PROTOCOL_ERROR
      }
      assertThat(origin.requests()).isEmpty();
    }
  }
}
