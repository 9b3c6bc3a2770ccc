package io.flvkit.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flvkit.edge.ConfigException;
import io.flvkit.edge.access.AccessPolicy;
import io.flvkit.edge.access.AccessRequest;
import io.flvkit.edge.access.AccessRule;
import io.flvkit.edge.access.AccessVerdict;
import io.flvkit.edge.access.RefererRule;
import io.flvkit.edge.access.TokenRule;
import io.flvkit.token.CanonicalPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors of the gcore scheme with the key {@code secret_key} are those of nginx's secure_link. */
class AccessReaderTest {
  private static final String QUERY = "md5=YPIDA1htcbdv58_w-hlibA&expires=1893456000";

  @TempDir Path folder;

  @BeforeEach
  void write_a_key_file() throws IOException {
    Files.writeString(folder.resolve("k1.txt"), "secret_key\n");
    Files.write(
        folder.resolve("country.mmdb"), new MmdbFile().country("203.0.113.0/24", "DE").bytes());
  }

  @Test
  void rules_are_asked_in_the_order_of_the_manual_however_they_are_written() {
    AccessPolicy policy =
        policy(
            """
            { token: { scheme: gcore, keys: [ { id: k, secret: x } ] },
              userAgent: { default: allow, except: [] },
              referer: { default: allow, except: [] },
              geo: { database: country.mmdb, default: allow, except: [] },
              ip: { default: allow, except: [] } }
            """);

    assertThat(policy.rules())
        .extracting(AccessRule::name)
        .containsExactly("ip", "geo", "referer", "userAgent", "token");
  }

  @ParameterizedTest
  @CsvSource({
    "'{ id: k1, secretFile: k1.txt }'",
    "'{ id: k1, secret: secret_key }'",
    "'{ id: k1, secretEnv: TOKEN_KEY }'",
    "'{ id: k1, secret: \"hex:7365637265745f6b6579\" }'",
    "'{ id: k0, secret: old }, { id: k1, secretFile: k1.txt }'"
  })
  void a_link_signed_with_any_of_the_keys_opens(String keys) {
    AccessPolicy policy = policy("{ token: { scheme: gcore, keys: [ " + keys + " ] } }");

    assertThat(ask(policy, QUERY)).isEqualTo(AccessVerdict.ALLOWED);
    assertThat(ask(policy, null)).isEqualTo(AccessVerdict.denied("token", "missing"));
  }

  @Test
  void an_expired_link_has_the_status_that_was_asked_for() {
    String expired = "md5=hsFZShw6ooN3qj05VRj06g&expires=1767225600";
    String keys = "keys: [ { id: k, secret: secret_key } ]";

    AccessPolicy usual = policy("{ token: { scheme: gcore, " + keys + " } }");
    AccessPolicy other = policy("{ token: { scheme: gcore, expiredStatus: 403, " + keys + " } }");

    assertThat(ask(usual, expired)).isEqualTo(new AccessVerdict.Denied("token", "expired", 410));
    assertThat(ask(other, expired)).isEqualTo(new AccessVerdict.Denied("token", "expired", 403));
  }

  @Test
  void without_a_word_on_it_an_absent_referer_is_allowed() {
    AccessPolicy policy = policy("{ referer: { default: deny, except: [ example.com ] } }");

    assertThat(policy.rules())
        .singleElement()
        .isInstanceOfSatisfying(RefererRule.class, rule -> assertThat(rule.allowEmpty()).isTrue());
  }

  @Test
  void secrets_stay_out_of_the_text_of_the_rules() {
    AccessPolicy policy =
        policy("{ token: { scheme: gcore, keys: [ { id: k, secret: secret_key } ] } }");

    assertThat(policy.rules())
        .singleElement()
        .isInstanceOf(TokenRule.class)
        .asString()
        .contains("gcore", "k")
        .doesNotContain("secret_key");
    assertThat(policy.secretParameters()).containsExactlyInAnyOrder("md5", "expires");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          { ip: { except: [] } }                              | ip.default         | is missing
          { ip: { default: maybe } }                          | ip.default         | allow or deny
          { ip: { default: deny, except: [ 1.2.3 ] } }        | ip.except[0]       | not an address
          { referer: { default: deny, except: [ a, "b/" ] } } | referer.except[1]  | must be a host
          { referer: { default: deny, allowEmpty: 1 } }       | referer.allowEmpty | true or false
          { userAgent: { default: deny, except: [ "~(" ] } }  | userAgent.except[0] | expression
          { geo: { default: deny } }                          | geo.database       | is missing
          { geo: { database: no.mmdb, default: deny } }       | geo.database       | does not exist
          { geo: { database: k1.txt, default: deny } }        | geo.database       | no MaxMind database
          { geo: { database: country.mmdb, default: deny, except: [ Germany ] } } | geo.except[0] | two capital letters
          { geo: { database: country.mmdb, except: [ DE ] } } | geo.default        | is missing
          { token: { keys: [ { id: a, secret: b } ] } }       | token.scheme       | is missing
          { token: { scheme: rot13, keys: [ { id: a, secret: b } ] } } | token.scheme | gcore
          { token: { scheme: gcore } }                        | token.keys         | is missing
          { token: { scheme: gcore, keys: [] } }              | token              | needs a key
          { token: { scheme: gcore, keys: [ { id: a } ] } }   | token.keys[0].secret | give one of
          { token: { scheme: gcore, keys: [ { secret: s3cr3t } ] } } | token.keys[0].id | is missing
          { token: { scheme: gcore, keys: [ { id: a, secret: s3cr3t, secretEnv: X } ] } } | token.keys[0].secret | give one of
          { token: { scheme: gcore, keys: [ { id: a, secret: "hex:s3cr3t" } ] } } | token.keys[0].secret | hex
          { token: { scheme: gcore, keys: [ { id: a, secretFile: no.txt } ] } } | token.keys[0].secretFile | does not exist
          { token: { scheme: gcore, keys: [ { id: a, secretEnv: NO } ] } } | token.keys[0].secretEnv | not set
          { token: { scheme: gcore, keys: [ { id: a, secret: s3cr3t }, { id: a, secret: c } ] } } | token.keys[1] | two keys
          { token: { scheme: gcore, clockSkew: 1h, keys: [ { id: a, secret: b } ] } } | token.clockSkew | clock skew
          { token: { scheme: gcore, scope: all, keys: [ { id: a, secret: b } ] } } | token.scope | exact or directory
          { token: { scheme: gcore, maxSession: -1s, keys: [ { id: a, secret: b } ] } } | token.maxSession | duration
          { token: { scheme: gcore, expiredStatus: 200, keys: [ { id: a, secret: b } ] } } | token.expiredStatus | from 400 to 499
          """)
  void a_mistake_in_a_rule_is_named_without_its_secret(String access, String key, String message) {
    ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> policy(access));

    assertThat(thrown).isNotNull();
    assertThat(thrown.mistakes())
        .singleElement()
        .satisfies(
            mistake -> {
              assertThat(mistake.key()).isEqualTo("live[0].access." + key);
              assertThat(mistake.message()).contains(message);
              assertThat(mistake.toString()).doesNotContain("s3cr3t");
            });
  }

  private AccessPolicy policy(String access) {
    String yaml =
        "{ listen: [ { port: 0 } ], live: [ { path: /live/, origins: [ { url: 'http://h/' } ],\n"
            + "access: "
            + access
            + " } ] }\n";
    try {
      Path file = Files.writeString(folder.resolve("edge.yaml"), yaml);
      return ConfigFile.read(file, name -> name.equals("TOKEN_KEY") ? "secret_key" : null)
          .live()
          .get(0)
          .access();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AccessVerdict ask(AccessPolicy policy, @Nullable String query) {
    return policy
        .check(
            new AccessRequest(
                CanonicalPath.parse("/flv/channel1.flv"),
                CanonicalPath.parse("/flv/channel1.flv"),
                query,
                "http://edge.example.com",
                InetAddress.getLoopbackAddress(),
                null,
                null,
                Instant.ofEpochSecond(1_800_000_000)))
        .toCompletableFuture()
        .join();
  }
}
