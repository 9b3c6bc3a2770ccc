package io.flvkit.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flvkit.edge.AdminConfig;
import io.flvkit.edge.ConfigException;
import io.flvkit.edge.ConfigMistake;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.ListenConfig;
import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.OriginConfig;
import io.flvkit.edge.OriginPick;
import io.flvkit.edge.S3AccessKey;
import io.flvkit.edge.S3Config;
import io.flvkit.edge.SelfSigned;
import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.TlsIdentity;
import io.flvkit.edge.VodCacheConfig;
import io.flvkit.edge.VodSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  private static final String LISTEN = "listen: [ { address: 127.0.0.1, port: 8080 } ]\n";

  @TempDir Path folder;

  @Nested
  class A_good_file {

    @Test
    void needs_only_a_listener() {
      EdgeConfig config = read(LISTEN);

      EdgeConfig inCode =
          EdgeConfig.builder()
              .listen("127.0.0.1", 8080)
              .accessLog(folder.resolve("access.log").toString())
              .build();
      assertThat(config).isEqualTo(inCode);
    }

    @Test
    void says_everything_that_an_edge_can_be_told() throws IOException {
      Files.writeString(folder.resolve("admin.token"), "s3cr3t\n");
      Files.createDirectory(folder.resolve("media"));

      EdgeConfig config =
          read(
              """
              listen:
                - { address: 0.0.0.0, port: 8080 }
                - { address: 127.0.0.1, port: 8081 }
              admin: { address: 0.0.0.0, port: 9902, tokenFile: admin.token }
              trustedProxies: [ 10.0.0.0/8, "2001:db8::/32" ]
              accessLog: "-"
              player: { path: /watch/ }
              drainDelay: 1s
              drainTimeout: 1m
              cors: { allowOrigin: "https://example.com" }
              cacheStatusHeader: X-Cache
              limits: { connections: 1, connectionsPerIp: 2, viewers: 3, viewersPerStream: 4,
                        memory: 1GiB, headerBytes: 16KiB, headerTimeout: 5s }
              live:
                - path: /live/
                  origins:
                    - url: http://127.0.0.1:9000/live/
                    - { url: "http://127.0.0.1:9001/live/", host: a.example, headers: { X-Key: k } }
                  pick: consistent-hash
                  connectTimeout: 1s
                  firstByteTimeout: 2s
                  stallTimeout: 3500ms
                  holdTimeout: 4s
                  holdDown: 0s
                  idleTimeout: 0
                  viewerStallTimeout: 7s
                  maxLag: 8s
                  latencyBudget: 0ms
                  standby: true
                  forwardQuery: [ region ]
                  followRedirectsTo: [ "b.example:8080" ]
                  window: { duration: 9s, bytes: 1MiB }
                  access: {}
              vod:
                - path: /vod/
                  origins: [ { url: "http://127.0.0.1:9000/vod/" } ]
                  cache: { directory: ./cache, bytes: 1GiB, sliceSize: 2MiB, ttl: 7d,
                           staleIfError: 2h, maxWholeBytes: 1MiB }
                - { path: /files/, origins: { directory: media } }
              """);

      assertThat(config.listen())
          .containsExactly(new ListenConfig("0.0.0.0", 8080), new ListenConfig("127.0.0.1", 8081));
      assertThat(config.admin()).isEqualTo(new AdminConfig("0.0.0.0", 9902, "s3cr3t"));
      assertThat(config.trustedProxies().blocks())
          .extracting(Object::toString)
          .containsExactly("10.0.0.0/8", "2001:db8:0:0:0:0:0:0/32");
      assertThat(config.accessLog()).isEqualTo("-");
      assertThat(config.drainTimeout()).isEqualTo(Duration.ofMinutes(1));
      assertThat(config.limits().memoryBytes()).isEqualTo(1L << 30);
      assertThat(config.limits().headerBytes()).isEqualTo(16 << 10);
      LiveConfig live = config.live().get(0);
      assertThat(live.pick()).isEqualTo(OriginPick.CONSISTENT_HASH);
      assertThat(live.origins())
          .containsExactly(
              OriginConfig.of("http://127.0.0.1:9000/live/"),
              new OriginConfig(
                  URI.create("http://127.0.0.1:9001/live/"), "a.example", Map.of("X-Key", "k")));
      assertThat(live.stallTimeout()).isEqualTo(Duration.ofMillis(3500));
      assertThat(live.holdDown()).isZero();
      assertThat(live.standby()).isTrue();
      assertThat(live.window().bytes()).isEqualTo(1L << 20);
      assertThat(live.forwardQuery()).containsExactly("region");
      assertThat(live.followRedirectsTo()).containsExactly("b.example:8080");
      assertThat(config.vod().get(0).cache())
          .isEqualTo(
              new VodCacheConfig(
                  folder.resolve("cache"),
                  1L << 30,
                  2 << 20,
                  Duration.ofDays(7),
                  Duration.ofHours(2),
                  1L << 20));
      assertThat(config.vod())
          .extracting(mount -> mount.source())
          .containsExactly(
              new VodSource.Http(List.of(OriginConfig.of("http://127.0.0.1:9000/vod/"))),
              new VodSource.Directory(folder.resolve("media")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3: BUCKET", "origins: { s3: BUCKET }", "origins: [ { s3: BUCKET } ]"})
    void names_a_bucket_of_files_as_it_names_a_folder(String source) throws IOException {
      Files.writeString(folder.resolve("key.txt"), "ID:secret\n");
      String bucket =
          "{ endpoint: 'http://127.0.0.1:9000', region: eu-1, bucket: films, prefix: vod/,"
              + " accessKeyFile: key.txt }";

      EdgeConfig config =
          read(LISTEN + "vod: [ { path: /vod/, " + source.replace("BUCKET", bucket) + " } ]\n");

      assertThat(config.vod().get(0).source())
          .isEqualTo(
              new VodSource.S3(
                  new S3Config(
                      URI.create("http://127.0.0.1:9000"),
                      "eu-1",
                      "films",
                      "vod/",
                      new S3AccessKey("ID", "secret"))));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "directory: ./media",
          "origins: { directory: ./media }",
          "origins: [ { directory: ./media } ]",
          "origins: [ directory: ./media ]"
        })
    void names_a_folder_of_files_in_any_sensible_way(String source) throws IOException {
      Files.createDirectory(folder.resolve("media"));

      EdgeConfig config = read(LISTEN + "vod:\n  - path: /vod/\n    " + source + "\n");

      assertThat(config.vod().get(0).source())
          .isEqualTo(new VodSource.Directory(folder.resolve("media")));
    }

    @Test
    void may_share_a_part_by_an_alias() {
      EdgeConfig config =
          read(
              LISTEN
                  + """
                  live:
                    - { path: /a/, origins: &o [ { url: "http://127.0.0.1:1/" } ] }
                    - { path: /b/, origins: *o }
                  """);

      assertThat(config.live().get(1).origins()).isEqualTo(config.live().get(0).origins());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limits:", "live:", "player: null", "vod: ~", "cors: {}"})
    void may_leave_a_key_without_a_value(String line) {
      assertThat(read(LISTEN + line + "\n")).isEqualTo(read(LISTEN));
    }

    @Test
    void turns_the_admin_listener_and_the_access_log_off_by_null() {
      EdgeConfig config = read(LISTEN + "admin: null\naccessLog: null\n");

      assertThat(config.admin()).isNull();
      assertThat(config.accessLog()).isNull();
    }
  }

  @Nested
  class A_bad_file {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            listne: []                             | listne | nearest known key is listen
            live: [ { path: /a/, holdTime: 1s } ]  | live[0].holdTime | holdTimeout
            limits: { viewrs: 1 }                  | limits.viewrs | viewers
            drainDelay: 5                          | drainDelay | such as 500ms, 10s or 5m
            drainDelay: -5s                        | drainDelay | such as 500ms, 10s or 5m
            drainTimeout: 48h                      | drainTimeout | from 0s to 24h
            drainTimeout: [ 1s ]                   | drainTimeout | not a list
            limits: { memory: 64XB }               | limits.memory | 64MiB
            limits: { memory: 99999999999999TiB }  | limits.memory | too large
            limits: { connections: many }          | limits.connections | whole number
            limits: { connections: -1 }            | limits.connections | 0 (no limit) or more
            limits: { headerBytes: 10GiB }         | limits.headerBytes | from 1024 to 1048576
            limits: []                             | limits | must be a mapping
            live: { path: /a/ }                    | live | must be a list
            trustedProxies: [ 10.0.0.0/33 ]        | trustedProxies[0] | /0 to /32
            trustedProxies: [ localhost ]          | trustedProxies[0] | not an address
            cacheStatusHeader: "X: Y"              | cacheStatusHeader | header name
            cors: { allowOrigin: "a b" }           | cors.allowOrigin | one origin
            player: { path: player }               | player.path | starts and ends with a slash
            admin: { port: 70000 }                 | admin.port | from 0 to 65535
            admin: { address: 0.0.0.0 }            | admin.tokenFile | is needed
            admin: { tokenFile: nowhere.txt }      | admin.tokenFile | it does not exist
            admin: { port: 8080 }                  | admin.port | taken by listen[0]
            vod: [ { path: /v/ } ]                 | vod[0].origins | is missing
            vod: [ { path: /v/, directory: no } ]  | vod[0].directory | not a folder
            vod: [ { path: /v/, s3: { region: r, bucket: bb } } ] | vod[0].s3.endpoint | is missing
            vod: [ { path: /v/, s3: { endpoint: 'http://h/x', region: r, bucket: bb } } ] | vod[0].s3.endpoint | and a host
            vod: [ { path: /v/, origins: [] } ]    | vod[0].origins | at least one
            vod: [ { path: /v/, cache: {} } ]      | vod[0].cache.directory | is missing
            vod: [ { path: /v/, cache: { directory: c, size: 1 } } ] | vod[0].cache.size | nearest known key
            vod: [ { path: /v/, cache: { directory: c, sliceSize: 11MiB } } ] | vod[0].cache.sliceSize | to 10MiB
            vod: [ { path: /v/, cache: { directory: c, bytes: 1MiB } } ] | vod[0].cache.bytes | must hold 4 slices
            vod: [ { path: /a/, cache: { directory: c } }, { path: /b/, cache: { directory: c, bytes: 1GiB } } ] | vod[1].cache.directory | is that of vod[0]
            """)
    void names_the_key_and_what_is_wrong(String line, String key, String message) {
      List<ConfigMistake> mistakes = mistakes(LISTEN + line + "\n");

      assertThat(mistakes)
          .anySatisfy(
              mistake -> {
                assertThat(mistake.key()).isEqualTo(key);
                assertThat(mistake.message()).contains(message);
                assertThat(mistake.line()).isEqualTo(2);
              });
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            {}                                    | url              | is missing
            { url: "http://127.0.0.1:9000/live" } | url              | end with a slash
            { url: "live" }                       | url              | absolute http or https URL
            { url: "http://a b/" }                | url              | is no URL
            { url: "ftp://127.0.0.1/" }           | url              | absolute http or https URL
            { url: "http://h/", host: "a/b" }     | host             | host or host:port
            { url: "http://h/", headers: { Host: a } } | headers.Host | set by the edge itself
            { url: "http://h/", weight: 3 }       | weight           | nearest known key
            """)
    void names_the_origin_that_is_wrong(String origin, String key, String message) {
      List<ConfigMistake> mistakes =
          mistakes(
              LISTEN
                  + "live:\n  - path: /live/\n    origins:\n"
                  + "      - url: http://127.0.0.1:9000/live/\n      - "
                  + origin
                  + "\n");

      assertThat(mistakes)
          .singleElement()
          .satisfies(
              mistake -> {
                assertThat(mistake.key()).isEqualTo("live[0].origins[1]." + key);
                assertThat(mistake.message()).contains(message);
                assertThat(mistake.line()).isEqualTo(6);
              });
    }

    @Test
    void reports_all_mistakes_at_once_in_the_order_of_the_file() {
      List<ConfigMistake> mistakes =
          mistakes(
              """
              drainDelay: soon
              listen:
                - { port: -1 }
                - { adress: 127.0.0.1 }
              live:
                - path: live
                  origins: [ { url: x } ]
                  maxLag: 0s
                  window: { bytes: 1 }
                  pick: at-random
              """);

      assertThat(mistakes)
          .extracting(ConfigMistake::key)
          .containsExactlyInAnyOrder(
              "drainDelay",
              "listen[0].port",
              "listen[1].port",
              "listen[1].adress",
              "live[0].path",
              "live[0].origins[0].url",
              "live[0].maxLag",
              "live[0].window.bytes",
              "live[0].pick");
      assertThat(mistakes).extracting(ConfigMistake::line).isSorted();
    }

    @Test
    void is_told_when_mounts_take_each_others_place() {
      List<ConfigMistake> mistakes =
          mistakes(
              LISTEN
                  + """
                  live:
                    - { path: /live/, origins: [ { url: "http://127.0.0.1:1/" } ] }
                    - { path: /live/, origins: [ { url: "http://127.0.0.1:1/" } ] }
                  vod:
                    - { path: /live/vod/, origins: [ { url: "http://127.0.0.1:1/" } ] }
                  """);

      assertThat(mistakes).extracting(ConfigMistake::key).containsExactly("live[1].path");
    }

    @Test
    void is_told_what_is_wrong_with_the_authorities_of_an_origin() throws IOException {
      TlsIdentity identity = SelfSigned.of("origin.test");
      Files.writeString(folder.resolve("ca.crt"), SelfSigned.pem(identity.chain().get(0)));
      String origin =
          """
          listen: [ { port: 1 } ]
          live: [ { path: /live/, origins: [ { url: "%s://o/", ca: %s } ] } ]
          """;

      EdgeConfig config = read(origin.formatted("https", "ca.crt"));
      assertThat(config.live().get(0).origins().get(0).authorities()).isEqualTo(identity.chain());
      assertThat(read(origin.formatted("https", "null")).live()).hasSize(1);
      assertThat(mistakes(origin.formatted("http", "ca.crt")))
          .extracting(ConfigMistake::key)
          .containsExactly("live[0].origins[0].ca");
      assertThat(mistakes(origin.formatted("https", "missing.crt")))
          .extracting(ConfigMistake::key)
          .containsExactly("live[0].origins[0].ca");
    }

    @Test
    void is_told_what_http3_takes() throws IOException {
      TlsIdentity identity = SelfSigned.of("edge.test");
      Files.writeString(folder.resolve("edge.crt"), SelfSigned.pem(identity.chain().get(0)));
      Files.writeString(folder.resolve("edge.key"), SelfSigned.pem(identity.key()));
      String listeners =
          """
          listen:
            - { port: 1, http3: %s, tls: { certificate: edge.crt, key: edge.key } }
            - { port: 2, http3: %s }
            - { port: 3, http3: %s, proxyProtocol: true, tls: { certificate: edge.crt, key: edge.key } }
          """;

      EdgeConfig config = read(listeners.formatted("true", "false", "false"));
      assertThat(config.listen())
          .extracting(ListenConfig::http3)
          .containsExactly(true, false, false);
      assertThat(mistakes(listeners.formatted("true", "true", "true")))
          .extracting(ConfigMistake::key)
          .containsExactly("listen[1].http3", "listen[2].http3");
      assertThat(mistakes("listen: [ { port: 1, http3: true, tls: { key: edge.key } } ]"))
          .extracting(ConfigMistake::key)
          .containsExactly("listen[0].tls.certificate");
    }

    @Test
    void is_told_what_is_wrong_with_a_certificate() throws IOException {
      TlsIdentity identity = SelfSigned.of("edge.test");
      TlsIdentity other = SelfSigned.of("other.test");
      Files.writeString(folder.resolve("edge.crt"), SelfSigned.pem(identity.chain().get(0)));
      Files.writeString(folder.resolve("edge.key"), SelfSigned.pem(identity.key()));
      Files.writeString(folder.resolve("other.key"), SelfSigned.pem(other.key()));

      EdgeConfig config =
          read(
              """
              listen:
                - port: 1
                  proxyProtocol: true
                  tls:
                    certificate: edge.crt
                    key: edge.key
                    more: [ { certificate: edge.crt, key: edge.key } ]
              """);
      assertThat(config.listen().get(0).proxyProtocol()).isTrue();
      TlsConfig tls = Objects.requireNonNull(config.listen().get(0).tls());
      assertThat(tls.identity().chain()).isEqualTo(identity.chain());
      assertThat(tls.more())
          .singleElement()
          .extracting(TlsIdentity::chain)
          .isEqualTo(identity.chain());
      assertThat(
              mistakes(
                  """
                  listen:
                    - { port: 1, tls: { certificate: edge.crt, key: other.key } }
                    - { port: 2, tls: { certificate: edge.key, key: missing.key } }
                    - { port: 3, tls: { key: edge.key, more: [ { certificate: edge.crt } ] } }
                  """))
          .extracting(ConfigMistake::key)
          .containsExactlyInAnyOrder(
              "listen[0].tls.key",
              "listen[1].tls.certificate",
              "listen[1].tls.key",
              "listen[2].tls.certificate",
              "listen[2].tls.more[0].key");
    }

    @Test
    void is_told_when_listeners_take_each_others_place() {
      List<ConfigMistake> mistakes =
          mistakes(
              """
              listen:
                - { address: 127.0.0.1, port: 8080 }
                - { address: 127.0.0.2, port: 8080 }
                - { address: 0.0.0.0, port: 8080 }
              """);

      assertThat(mistakes)
          .extracting(ConfigMistake::key)
          .containsExactly("listen[2].port", "listen[2].port");
    }

    @Test
    void may_not_give_a_key_twice() {
      assertThat(mistakes(LISTEN + "drainDelay: 1s\ndrainDelay: 2s\n"))
          .containsExactly(new ConfigMistake("drainDelay", 2, "is given twice"));
    }

    @Test
    void that_is_empty_lacks_a_listener() {
      assertThat(mistakes("")).extracting(ConfigMistake::key).containsExactly("listen");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"listen: [", "a: b: c", "\tx: 1", "- 1", "just text", "x: !!java.net.URL [a]"})
    void that_is_no_mapping_says_so(String text) {
      assertThat(mistakes(text))
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it.message()).isNotBlank());
    }

    @Test
    void that_is_not_yaml_names_the_line() {
      assertThat(mistakes("listen: []\nlive: [\n"))
          .singleElement()
          .satisfies(
              mistake -> {
                assertThat(mistake.toString()).startsWith("is not YAML");
                assertThat(mistake.line()).isGreaterThan(1);
              });
    }

    @Test
    void that_is_not_there_says_so() {
      ConfigException thrown =
          catchThrowableOfType(
              ConfigException.class, () -> ConfigFile.read(folder.resolve("none.yaml")));

      assertThat(thrown.mistakes())
          .singleElement()
          .extracting(ConfigMistake::message)
          .asString()
          .contains("none.yaml", "does not exist");
    }

    @Test
    void that_is_a_bomb_of_aliases_is_refused() {
      StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
      for (int i = 1; i < 100; i++) {
        bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
      }

      assertThat(mistakes(bomb.toString())).isNotEmpty();
    }

    @Test
    void that_is_too_large_is_refused() {
      assertThat(mistakes("# " + "x".repeat(ConfigFile.MAX_BYTES)))
          .singleElement()
          .extracting(ConfigMistake::message)
          .asString()
          .contains("larger than");
    }

    @Test
    void never_shows_the_secret_in_a_url() {
      assertThat(
              mistakes(
                  LISTEN
                      + "live: [ { path: /a/, origins: [ { url: \"http://u:s3cr3t@h /\" } ] } ]\n"))
          .noneSatisfy(mistake -> assertThat(mistake.toString()).contains("s3cr3t"));
    }
  }

  private EdgeConfig read(String yaml) {
    return ConfigFile.read(write(yaml), name -> null);
  }

  private List<ConfigMistake> mistakes(String yaml) {
    Path file = write(yaml);
    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(file, name -> null));
    assertThat(thrown).as("mistakes in %s", yaml).isNotNull();
    return thrown.mistakes();
  }

  private Path write(String yaml) {
    try {
      return Files.write(folder.resolve("edge.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
