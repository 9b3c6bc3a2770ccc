package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.ListenConfig;
import io.flvkit.edge.SelfSigned;
import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.story.LoopbackOrigin.Script;
import io.flvkit.edge.story.RawClient.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Live by WebSocket, with the JDK's client where it can say what the story needs. */
class WebSocketStoryTest {
  /** Metadata and two configurations. */
  private static final int PRELUDE_TAGS = 3;

  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
  private static final String[] UPGRADE = {
    "Connection: keep-alive, Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", KEY
  };

  private final Watching watching = new Watching();
  private LoopbackOrigin origin;
  private EdgeStage stage;

  @BeforeEach
  void start() throws IOException {
    origin = LoopbackOrigin.playing(playing(answer -> answer.linger()));
    stage =
        EdgeStage.pulling(
            origin.url(),
            config ->
                config.listen(
                    new ListenConfig("127.0.0.1", 0, TlsConfig.of(SelfSigned.of("localhost")))));
  }

  private static Script playing(Script then) {
    return answer -> {
      answer.flvHead();
      answer.chunk(Clip.bytes());
      then.play(answer);
    };
  }

  @AfterEach
  void stop() throws IOException {
    stage.close();
    origin.close();
  }

  private WebSocket open(String scheme, InetSocketAddress address) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(TlsClient.context())
        .build()
        .newWebSocketBuilder()
        .buildAsync(
            URI.create(scheme + "://localhost:" + address.getPort() + "/live/a.flv"), watching)
        .get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws", "wss"})
  void a_viewer_gets_every_tag_in_binary_messages(String scheme) throws Exception {
    WebSocket socket = open(scheme, scheme.equals("ws") ? stage.http() : stage.https());

    List<String> wanted = Clip.mediaFromKeyframe(0);
    EdgeStage.until(
        "the last tag has arrived",
        () -> Clip.tags(watching.bytes()).contains(wanted.get(wanted.size() - 1)));
    assertThat(watching.bytes()).startsWith('F', 'L', 'V');
    List<String> tags = Clip.tags(watching.bytes());
    int first = wanted.indexOf(tags.get(PRELUDE_TAGS));
    assertThat(tags.subList(PRELUDE_TAGS, tags.size()).equals(wanted.subList(first, wanted.size())))
        .isTrue();
    assertThat(RawClient.get(stage.admin(), "/api/streams").text())
        .contains("\"ws\":1")
        .contains("\"h1\":0");
    assertThat(RawClient.get(stage.admin(), "/metrics").text())
        .contains("flv_viewers{protocol=\"ws\",rendition=\"full\",stream=\"/live/a.flv\"} 1.0");
    socket.abort();
    EdgeStage.until("the viewer is counted out", () -> text().contains("\"ws\":0"));
  }

  private String text() {
    try {
      return RawClient.get(stage.admin(), "/api/streams").text();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_stream_that_ends_closes_with_1000() throws Exception {
    origin.nowPlays(
        playing(
            answer -> {
              answer.lastChunk();
              origin.nowPlays(gone -> gone.head("HTTP/1.1 404 Gone", "Content-Length: 0"));
            }));

    open("ws", stage.http());

    assertThat(watching.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1000);
  }

  @Test
  void a_stream_that_is_lost_closes_with_1011() throws Exception {
    open("ws", stage.http());

    origin.vanishes();

    assertThat(watching.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1011);
  }

  @Test
  void a_drain_closes_with_1012() throws Exception {
    open("ws", stage.http());

    stage.edge.drain();

    assertThat(watching.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1012);
  }

  @Test
  void a_ping_is_answered_and_a_farewell_is_returned() throws Exception {
    WebSocket socket = open("ws", stage.http());

    socket.sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3})).get(20, TimeUnit.SECONDS);
    assertThat(watching.pong.get(20, TimeUnit.SECONDS))
        .isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    socket.sendClose(1000, "").get(20, TimeUnit.SECONDS);

    assertThat(watching.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1000);
  }

  @Test
  void a_client_that_says_too_much_is_closed_and_counted() throws Exception {
    WebSocket socket = open("ws", stage.http());

    for (int i = 0; i < 101; i++) {
      socket.sendText("x", true).exceptionally(failure -> socket).get(20, TimeUnit.SECONDS);
    }

    assertThat(watching.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
    assertThat(RawClient.get(stage.admin(), "/metrics").text())
        .contains("flv_limit_hits_total{limit=\"webSocketFrames\"} 1.0");
  }

  @Test
  void the_sample_of_the_rfc_is_answered_as_it_says() throws IOException {
    try (RawClient client = RawClient.connect(stage.http())) {
      client.send(RawClient.request("GET", "/live/a.flv", UPGRADE));

      Response head = client.head();
      assertThat(head.status()).isEqualTo(101);
      assertThat(head.field("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(head.field("x-request-id")).isNotNull();
      assertThat(head.fields()).doesNotContainKeys("content-length", "transfer-encoding");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-WebSocket-Version: 8, 426",
    "Sec-WebSocket-Version: 13, 400",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, 426",
    "Sec-WebSocket-Key: short, 426"
  })
  void a_handshake_that_lacks_something_is_refused(String field, int status) throws IOException {
    Response answer =
        RawClient.get(
            stage.http(), "/live/a.flv", "Connection: Upgrade", "Upgrade: websocket", field);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.field("sec-websocket-version")).isEqualTo("13");
    assertThat(origin.requests()).isEmpty();
  }

  @Test
  void an_unknown_path_gets_its_usual_answer() throws IOException {
    assertThat(RawClient.get(stage.http(), "/other/a.flv", UPGRADE).status()).isEqualTo(404);
  }

  @Test
  void garbage_after_the_handshake_ends_the_viewer_and_nobody_else() throws Exception {
    open("ws", stage.http());
    Random random = new Random(8);
    for (int i = 0; i < 50; i++) {
      try (RawClient client = RawClient.connect(stage.http())) {
        client.send(RawClient.request("GET", "/live/a.flv", UPGRADE));
        assertThat(client.head().status()).isEqualTo(101);
        StringBuilder garbage = new StringBuilder();
        garbage.append((char) 0x70); // reserved bits set
        random.ints(200, 0, 256).forEach(c -> garbage.append((char) c));
        client.send(garbage.toString());
        assertThat(ends(client)).isTrue();
      }
    }

    EdgeStage.until("only the good viewer is left", () -> text().contains("\"ws\":1"));
    assertThat(watching.closed).isNotDone();
  }

  private static boolean ends(RawClient client) throws IOException {
    try {
      client.rest();
      return true;
    } catch (SocketException e) {
      return true; // a reset: bytes were left unread
    }
  }

  private static final class Watching implements WebSocket.Listener {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<ByteBuffer> pong = new CompletableFuture<>();

    synchronized byte[] bytes() {
      return received.toByteArray();
    }

    @Override
    public synchronized CompletionStage<?> onBinary(
        WebSocket socket, ByteBuffer data, boolean last) {
      byte[] piece = new byte[data.remaining()];
      data.get(piece);
      received.writeBytes(piece);
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      pong.complete(ByteBuffer.allocate(message.remaining()).put(message).flip());
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.complete(status);
      return CompletableFuture.completedFuture(null);
    }
  }
}
