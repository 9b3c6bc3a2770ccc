package io.flvkit.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeConfigTest {

  @Test
  void an_edge_is_described_in_a_few_lines() {
    EdgeConfig config =
        EdgeConfig.builder()
            .listen("127.0.0.1", 0)
            .live(LiveConfig.of("/live/", "http://127.0.0.1:9000/live/"))
            .vod(VodConfig.directory("/vod/", Path.of("media")))
            .build();

    assertThat(config.listen()).containsExactly(new ListenConfig("127.0.0.1", 0));
    assertThat(config.live()).singleElement().extracting(LiveConfig::path).isEqualTo("/live/");
    assertThat(config.vod())
        .singleElement()
        .extracting(VodConfig::source)
        .isEqualTo(new VodSource.Directory(Path.of("media")));
  }

  @Test
  void what_is_not_said_is_as_in_the_manual() {
    EdgeConfig config = EdgeConfig.builder().listen("0.0.0.0", 8080).build();

    assertThat(config.admin()).isEqualTo(new AdminConfig("127.0.0.1", 9901, null));
    assertThat(config.drainDelay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.cors().allowOrigin()).isEqualTo("*");
    assertThat(config.cacheStatusHeader()).isEqualTo("X-Cache-Status");
    assertThat(config.limits().connections()).isEqualTo(200_000);
    assertThat(config.limits().headerBytes()).isEqualTo(32 * 1024);
    assertThat(config.limits().headerTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.player()).isNull();
  }

  @Test
  void a_live_mount_has_the_times_of_the_manual() {
    LiveConfig mount = LiveConfig.of("/live/", "http://127.0.0.1:9000/live/");

    assertThat(mount.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(mount.firstByteTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(mount.stallTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(mount.holdTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(mount.holdDown()).isEqualTo(Duration.ofSeconds(10));
    assertThat(mount.idleTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(mount.viewerStallTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(mount.maxLag()).isEqualTo(Duration.ofSeconds(5));
    assertThat(mount.latencyBudget()).isEqualTo(Duration.ofMillis(200));
    assertThat(mount.standby()).isFalse();
    assertThat(mount.window()).isEqualTo(new WindowConfig(Duration.ofSeconds(10), 64L << 20));
  }

  @Test
  void an_edge_without_a_listener_is_refused() {
    assertThatThrownBy(() -> EdgeConfig.builder().build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("listen");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "live/", "/live", "//", "/a//b/", "/a/../b/", "/./", "/%6cive/"})
  void a_mount_that_is_no_plain_folder_is_refused(String path) {
    assertThatThrownBy(() -> LiveConfig.of(path, "http://127.0.0.1:9000/live/"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("path:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:9000/live/",
        "ftp://127.0.0.1/live/",
        "http:///live/",
        "http://127.0.0.1:9000/live",
        "http://user:secret@127.0.0.1:9000/live/",
        "http://127.0.0.1:9000/live/?a=b",
        "http://127.0.0.1:0/live/"
      })
  void an_origin_url_that_cannot_be_extended_is_refused(String url) {
    assertThatThrownBy(() -> OriginConfig.of(url))
        .isInstanceOf(ConfigException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  @Test
  void a_header_for_the_origin_cannot_smuggle_another_line() {
    URI url = URI.create("http://127.0.0.1:9000/");

    assertThatThrownBy(() -> new OriginConfig(url, null, Map.of("X-A", "b\r\nX-C: d")))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> new OriginConfig(url, null, Map.of("X-A: b\r\nX-C", "d")))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void secrets_stay_out_of_its_text() {
    URI url = URI.create("http://127.0.0.1:9000/");
    OriginConfig origin = new OriginConfig(url, null, Map.of("Authorization", "Bearer s3cr3t"));
    AdminConfig admin = new AdminConfig("0.0.0.0", 9901, "s3cr3t");

    assertThat(origin.toString()).contains("Authorization").doesNotContain("s3cr3t");
    assertThat(admin.toString()).doesNotContain("s3cr3t");
  }
}
