package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.LimitsConfig;
import io.flvkit.edge.ListenConfig;
import io.flvkit.edge.SelfSigned;
import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.VodConfig;
import io.flvkit.edge.access.AccessPolicy;
import io.flvkit.edge.access.AddressBlock;
import io.flvkit.edge.access.DefaultAction;
import io.flvkit.edge.access.IpRule;
import io.flvkit.edge.story.RawClient.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only 192.0.2.7 may have the file, and one connection at a time. */
class ProxyProtocolStoryTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final String PORTS = "1f901f90";
  private static final String V2_ALLOWED = SIGNATURE + "2111000c" + "c0000207" + "7f000001" + PORTS;
  private static final String V2_MAPPED =
      SIGNATURE
          + "21210024"
          + "00000000000000000000ffffc0000207"
          + "00000000000000000000000000000001"
          + PORTS;
  private static final String V2_LOCAL = SIGNATURE + "20000000";
  private static final String GET = RawClient.request("GET", "/vod/a.bin");

  @TempDir private Path folder;
  private EdgeStage stage;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("a.bin"), "content");
    IpRule onlyOne = new IpRule(DefaultAction.DENY, List.of(AddressBlock.parse("192.0.2.7/32")));
    stage =
        EdgeStage.with(
            EdgeConfig.builder()
                .listen(new ListenConfig("127.0.0.1", 0, null, true))
                .listen(
                    new ListenConfig(
                        "127.0.0.1", 0, TlsConfig.of(SelfSigned.of("edge.test")), true))
                .admin(null)
                .limits(new LimitsConfig(0, 1, 0, 0, 0, 4 << 10, Duration.ofSeconds(10)))
                .vod(
                    new VodConfig(
                        "/vod/",
                        VodConfig.directory("/vod/", folder).source(),
                        null,
                        AccessPolicy.of(List.of(onlyOne))))
                .build());
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  private static byte[] bytes(String header) {
    return header.startsWith("PROXY")
        ? (header + "\r\n").getBytes(StandardCharsets.US_ASCII)
        : HexFormat.of().parseHex(header);
  }

  private static Socket open(InetSocketAddress address, byte[] first) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(10_000);
    socket.connect(address, 5_000);
    socket.getOutputStream().write(first);
    return socket;
  }

  private int status(String header) throws IOException {
    try (RawClient client = RawClient.over(open(stage.http(), bytes(header)))) {
      client.send(GET);
      return client.head().status();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY TCP4 192.0.2.7 127.0.0.1 8080 8080", V2_ALLOWED, V2_MAPPED})
  void the_client_is_the_one_that_the_header_names(String header) throws IOException {
    assertThat(status(header)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY TCP4 192.0.2.8 127.0.0.1 8080 8080", "PROXY UNKNOWN", V2_LOCAL})
  void another_client_or_the_proxy_itself_is_not_that_one(String header) throws IOException {
    assertThat(status(header)).isEqualTo(403);
  }

  @Test
  void connections_count_for_the_client_and_not_for_the_proxy() throws IOException {
    byte[] allowed = bytes(V2_ALLOWED);
    byte[] other = bytes("PROXY TCP4 192.0.2.8 127.0.0.1 8080 8080");
    try (RawClient first = RawClient.over(open(stage.http(), allowed))) {
      first.send(GET);
      assertThat(first.head().status()).isEqualTo(200); // now it counts
      try (RawClient second = RawClient.over(open(stage.http(), allowed));
          RawClient stranger = RawClient.over(open(stage.http(), other))) {
        second.send(GET);
        stranger.send(GET);

        assertThat(second.head().status()).isEqualTo(503);
        assertThat(stranger.head().status()).isEqualTo(403);
      }
    }
  }

  @Test
  void the_header_comes_before_the_handshake() throws IOException {
    Socket plain = open(stage.https(), bytes(V2_ALLOWED));
    try (SSLSocket socket =
            (SSLSocket)
                TlsClient.context().getSocketFactory().createSocket(plain, "edge.test", 0, true);
        RawClient client = RawClient.over(socket)) {
      client.send(GET);

      Response head = client.head();
      assertThat(head.status()).isEqualTo(200);
      assertThat(client.body(head, GET)).asString().isEqualTo("content");
    }
  }

  @Test
  void a_request_without_a_header_is_closed_without_a_word() throws IOException {
    assertThat(answerTo(GET.getBytes(StandardCharsets.US_ASCII))).isEmpty();
  }

  @Test
  void garbage_is_closed_without_a_word() throws IOException {
    Random random = new Random(20261122);
    for (int i = 0; i < 200; i++) {
      byte[] header = i % 2 == 0 ? bytes(V2_ALLOWED) : bytes("PROXY TCP4 192.0.2.7 1.1.1.1 1 1");
      header[random.nextInt(Math.min(8, header.length))] ^= (byte) (1 << random.nextInt(8));
      byte[] request = new byte[header.length + 300];
      random.nextBytes(request);
      System.arraycopy(header, 0, request, 0, header.length);

      assertThat(answerTo(request)).as("try %d", i).isEmpty();
    }
  }

  private String answerTo(byte[] sent) throws IOException {
    try (Socket socket = open(stage.http(), sent)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (SocketException e) {
      return ""; // a reset: bytes were left unread
    }
  }
}
