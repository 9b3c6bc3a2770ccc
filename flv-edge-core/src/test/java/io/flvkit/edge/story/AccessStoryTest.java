package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.config.ConfigFile;
import io.flvkit.edge.config.MmdbFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access rules from a file, through the whole edge, on live streams and on files. */
class AccessStoryTest {
  // Signed with "secret_key": the second is expired.
  private static final String SIGNED = "md5=YPIDA1htcbdv58_w-hlibA&expires=1893456000";
  private static final String EXPIRED = "md5=hsFZShw6ooN3qj05VRj06g&expires=1767225600";

  @TempDir private Path directory;
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
    Files.createDirectory(directory.resolve("media"));
    Files.write(directory.resolve("media/a.flv"), Clip.bytes());
    writeCountries("DE");
    Path config = directory.resolve("edge.yaml");
    Files.writeString(
        config,
        """
        listen: [ { address: 127.0.0.1, port: 0 } ]
        trustedProxies: [ 127.0.0.1 ]
        admin: { address: 127.0.0.1, port: 0 }
        accessLog: access.log
        live:
          - path: /flv/
            origins: [ { url: "%s" } ]
            access:
              token: { scheme: gcore, keys: [ { id: k1, secret: secret_key } ] }
        vod:
          - path: /guarded/
            origins: { directory: ./media }
            access:
              referer: { default: deny, except: ["example.com"], allowEmpty: false }
              userAgent: { default: allow, except: ["~*badbot"] }
          - path: /nobody/
            origins: { directory: ./media }
            access:
              ip: { default: allow, except: [127.0.0.0/8] }
          - path: /home/
            origins: { directory: ./media }
            access:
              geo: { database: country.mmdb, default: deny, except: [DE, XX] }
        """
            .formatted(origin.url()));
    stage = EdgeStage.with(ConfigFile.read(config));
  }

  @AfterEach
  void stop() throws IOException {
    stage.close();
    origin.close();
  }

  private void writeCountries(String code) throws IOException {
    byte[] database =
        new MmdbFile().country("203.0.113.0/24", code).country("198.51.100.0/24", "FR").bytes();
    Files.write(directory.resolve("country.mmdb"), database);
  }

  private int status(String target, String... fields) throws IOException {
    return RawClient.ask(stage.http(), RawClient.request("HEAD", target, fields)).status();
  }

  @Test
  void a_signed_link_opens_its_stream_and_no_other() throws IOException {
    assertThat(status("/flv/channel1.flv?" + SIGNED)).isEqualTo(200);
    assertThat(status("/flv/channel1.flv?only_audio=1&" + SIGNED)).isEqualTo(200);
    assertThat(status("/flv/channel2.flv?" + SIGNED)).isEqualTo(403);
    assertThat(status("/flv/channel1.flv")).isEqualTo(403);
    assertThat(status("/flv/channel1.flv?" + EXPIRED)).isEqualTo(410);
    assertThat(status("/flv/channel1.flv?" + SIGNED + "&expires=1893456000")).isEqualTo(403);
  }

  @Test
  void access_is_checked_before_the_query() throws IOException {
    assertThat(status("/flv/channel1.flv?only_audio=nonsense")).isEqualTo(403);
    assertThat(status("/flv/channel1.flv?only_audio=nonsense&" + SIGNED)).isEqualTo(400);
  }

  @Test
  void a_token_never_reaches_the_origin() throws IOException {
    status("/flv/channel1.flv?" + SIGNED);

    assertThat(origin.requests()).singleElement().asString().doesNotContain("md5", "expires");
  }

  @Test
  void referer_and_user_agent_decide_on_files() throws IOException {
    String good = "Referer: https://example.com/page";
    assertThat(status("/guarded/a.flv", good, "User-Agent: player")).isEqualTo(200);
    assertThat(status("/guarded/a.flv", good, "User-Agent: BadBot/1.0")).isEqualTo(403);
    assertThat(status("/guarded/a.flv", "Referer: https://elsewhere.com/")).isEqualTo(403);
    assertThat(status("/guarded/a.flv")).isEqualTo(403);
  }

  @Test
  void an_address_that_is_denied_learns_nothing_of_the_files() throws IOException {
    assertThat(status("/nobody/a.flv")).isEqualTo(403);
    assertThat(status("/nobody/missing.flv")).isEqualTo(403);
  }

  @Test
  void the_country_decides_on_files_and_is_logged() throws IOException {
    assertThat(status("/home/a.flv", "X-Forwarded-For: 203.0.113.5")).isEqualTo(200);
    assertThat(status("/home/a.flv", "X-Forwarded-For: 198.51.100.5")).isEqualTo(403);
    assertThat(status("/home/a.flv", "X-Forwarded-For: 192.0.2.5")).isEqualTo(200);

    Path log = directory.resolve("access.log");
    EdgeStage.until("all are logged", () -> EdgeStage.lines(log) == 3);
    assertThat(Files.readAllLines(log))
        .satisfiesExactly(
            line -> assertThat(line).contains("\"country\":\"DE\"", "\"status\":200"),
            line ->
                assertThat(line)
                    .contains("\"country\":\"FR\"", "\"rule\":\"geo\"", "\"reason\":\"country\""),
            line -> assertThat(line).contains("\"country\":null"));
  }

  @Test
  void a_database_that_was_replaced_counts_from_the_next_reload_on() throws IOException {
    writeCountries("GB");
    assertThat(status("/home/a.flv", "X-Forwarded-For: 203.0.113.5")).isEqualTo(200);

    stage.edge.reload(ConfigFile.read(directory.resolve("edge.yaml")));

    assertThat(status("/home/a.flv", "X-Forwarded-For: 203.0.113.5")).isEqualTo(403);
  }

  @Test
  void a_denial_is_logged_with_rule_and_reason_and_counted_but_no_secret_is() throws IOException {
    Path log = directory.resolve("access.log");
    status("/flv/channel1.flv?" + EXPIRED);
    status("/elsewhere?" + SIGNED);

    EdgeStage.until("both are logged", () -> EdgeStage.lines(log) == 2);

    assertThat(Files.readString(log))
        .contains("\"rule\":\"token\"", "\"reason\":\"expired\"", "\"status\":410")
        .doesNotContain("md5", "hsFZShw6ooN3qj05VRj06g", "YPIDA1htcbdv58");
    assertThat(RawClient.get(stage.admin(), "/metrics").text())
        .contains("flv_access_denied_total{reason=\"expired\",rule=\"token\"} 1.0");
  }
}
