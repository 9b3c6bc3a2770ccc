package io.flvkit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.AdminConfig;
import io.flvkit.edge.Edge;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.VodCacheConfig;
import io.flvkit.edge.VodConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCommandsTest {
  @TempDir Path dir;
  private Edge origin;
  private Edge edge;

  @BeforeEach
  void start() throws IOException {
    Path media = Files.createDirectory(dir.resolve("media"));
    Files.write(media.resolve("a.flv"), new byte[10_000]);
    Files.write(media.resolve("b.flv"), new byte[5_000]);
    origin = Edge.start(config(VodConfig.directory("/vod/", media), null));
    VodCacheConfig cache =
        new VodCacheConfig(
            dir.resolve("cache"), 1 << 20, 4096, Duration.ofHours(1), Duration.ZERO, 0);
    edge =
        Edge.start(
            config(
                VodConfig.origins("/vod/", url(origin, 0) + "/vod/").withCache(cache), "s3cret"));
    Files.writeString(dir.resolve("token"), "s3cret\n");
  }

  @AfterEach
  void stop() {
    edge.close();
    origin.close();
  }

  @Test
  void prefetch_waits_until_files_are_there_and_purge_takes_them_out() {
    Run fetched = run("prefetch", "/vod/a.flv", "/vod/b.flv");
    Run one = run("purge", "/vod/a.flv");
    Run rest = run("purge", "--json", "/vod/*");

    assertThat(fetched.out()).isEqualToNormalizingNewlines("2 of 2 files, 15000 bytes\n");
    assertThat(fetched.status()).isZero();
    assertThat(one.out()).isEqualToNormalizingNewlines("1 file\n");
    assertThat(rest.out()).isEqualToNormalizingNewlines("{\"purged\":1}\n");
  }

  @Test
  void prefetch_fails_with_a_line_for_each_file_that_did_not_come() {
    Run run = run("prefetch", "--json", "/vod/a.flv", "/vod/none.flv");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors()).containsExactly("flvkit prefetch: /vod/none.flv: status 404");
    assertThat(run.out()).startsWith("{\"state\":\"failed\",\"files\":2,\"bytesDone\":10000,");
  }

  @Test
  void purge_of_everything_is_asked_for_by_name() {
    run("prefetch", "/vod/a.flv", "/vod/b.flv");

    assertThat(run("purge").status()).isEqualTo(2);
    assertThat(run("purge", "--all").out()).isEqualToNormalizingNewlines("2 files\n");
  }

  @Test
  void a_wrong_address_token_or_path_is_one_line() {
    assertThat(Run.of("purge", "--admin", url(edge, 1), "/vod/a.flv").errors())
        .containsExactly("flvkit purge: 401 a bearer token is needed");
    assertThat(Run.of("purge", "--admin", "nowhere", "/vod/a.flv").status()).isEqualTo(2);
    assertThat(Run.of("purge", "--admin", "http://127.0.0.1:1", "/vod/a.flv").status())
        .isEqualTo(1);
    assertThat(run("purge", "vod").errors()).containsExactly("flvkit purge: 400 not a path: vod");
  }

  private Run run(String command, String... arguments) {
    String[] all = new String[arguments.length + 5];
    all[0] = command;
    all[1] = "--admin";
    all[2] = url(edge, 1);
    all[3] = "--token-file";
    all[4] = dir.resolve("token").toString();
    System.arraycopy(arguments, 0, all, 5, arguments.length);
    return Run.of(all);
  }

  private static EdgeConfig config(VodConfig mount, String token) {
    return EdgeConfig.builder()
        .listen("127.0.0.1", 0)
        .admin(new AdminConfig("127.0.0.1", 0, token))
        .vod(mount)
        .build();
  }

  private static String url(Edge edge, int listener) {
    return "http://127.0.0.1:" + edge.listeners().get(listener).address().getPort();
  }
}
