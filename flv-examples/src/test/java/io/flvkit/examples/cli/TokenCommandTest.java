package io.flvkit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.token.Scheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {
  private static final String URL = "https://cdn.example.com/flv/channel1.flv";

  @TempDir private Path folder;
  private String keyFile;

  @BeforeEach
  void writeKey() throws IOException {
    keyFile = Files.writeString(folder.resolve("key.txt"), "secret_key\n").toString();
  }

  /** Vectors of nginx's secure_link, which answered them as written here. */
  @ParameterizedTest
  @CsvSource({
    "/flv/channel1.flv,           , exact,     YPIDA1htcbdv58_w-hlibA",
    "/flv/channel1.flv, 127.0.0.1 , exact,     KW3qd1p0Be7nKJtVfx5rTA",
    "/flv/,                       , directory, 5E5KXGH7_7rCwPepcqz9Ug",
  })
  void signs_as_the_vendor_does(String path, String ip, String scope, String token) {
    List<String> more = new ArrayList<>(List.of("--expires-at", "1893456000", "--scope", scope));
    if (ip != null) {
      more.addAll(List.of("--ip", ip));
    }
    more.add(path);

    Run run = token("sign", more.toArray(String[]::new));

    assertThat(run.status()).isZero();
    assertThat(run.out().strip()).isEqualTo(path + "?md5=" + token + "&expires=1893456000");
  }

  @Test
  void grants_what_it_has_signed() {
    String signed = token("sign", "--expires-in", "1h", URL).out().strip();

    Run run = token("verify", signed);

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("granted key=k1 scope=exact expires=");
  }

  @Test
  void grants_a_file_in_a_directory_that_was_signed() {
    String signed =
        token("sign", "--expires-in", "1h", "--scope", "directory", "/flv/").out().strip();

    Run run = token("verify", signed.replace("/flv/", "/flv/channel1.flv"));

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("granted key=k1 scope=directory ");
  }

  @Test
  void grants_a_link_bound_to_an_address_to_that_address_only() {
    String signed = token("sign", "--expires-in", "1h", "--ip", "203.0.113.7", URL).out().strip();

    assertThat(token("verify", "--ip", "203.0.113.7", signed).status()).isZero();
    assertThat(token("verify", "--ip", "203.0.113.8", signed).status()).isEqualTo(1);
    assertThat(token("verify", signed).status()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "missing,       /flv/channel1.flv",
    "bad-signature, /flv/channel2.flv?md5=YPIDA1htcbdv58_w-hlibA&expires=1893456000",
    "expired,       /flv/channel1.flv?md5=hsFZShw6ooN3qj05VRj06g&expires=1767225600",
    "malformed,     /flv/channel1.flv?md5=YPIDA1htcbdv58_w-hlibA&expires=soon",
  })
  void denies_with_a_reason(String reason, String url) {
    Run run = token("verify", url);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out().strip()).isEqualTo("denied: " + reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcore", "tencent-live", "alibaba-b", "keycdn", "flvkit-hmac", "cat"})
  void signs_and_verifies_in_other_schemes(String scheme) {
    String[] sign = {"token", "sign", "--scheme", scheme, "--key-file", keyFile};
    String[] verify = {"token", "verify", "--scheme", scheme, "--key-file", keyFile};

    String signed = run(sign, "--expires-in", "1h", URL).out().strip();

    assertThat(run(verify, signed).out()).startsWith("granted ");
    assertThat(run(verify, "--ip", "203.0.113.7", signed).out()).startsWith("granted ");
    assertThat(run(verify, signed.replace("channel1", "channel2")).out()).startsWith("denied: ");
  }

  /** RFC 8032, section 7.1, test 1. */
  @Test
  void prints_the_public_half_of_an_ed25519_key() throws IOException {
    Path privateKey =
        Files.writeString(
            folder.resolve("private.txt"),
            "hex:9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60\n");

    Run run = Run.of("token", "public-key", "--key-file", privateKey.toString());

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo("hex:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a\n");
  }

  @Test
  void says_that_a_key_of_another_length_has_no_public_half() {
    Run run = Run.of("token", "public-key", "--key-file", keyFile);

    assertOneLine(run, 2, "32 bytes");
  }

  @Test
  void takes_the_time_as_an_option() {
    String url = "/flv/channel1.flv?md5=YPIDA1htcbdv58_w-hlibA&expires=1893456000";

    assertThat(token("verify", "--at", "1893456000", url).out()).startsWith("granted ");
    assertThat(token("verify", "--at", "1893456001", url).out()).startsWith("denied: expired");
  }

  @Test
  void lists_every_scheme() {
    Run text = Run.of("token", "schemes");
    Run json = Run.of("token", "schemes", "--json");

    assertThat(text.status()).isZero();
    for (Scheme scheme : Scheme.all()) {
      assertThat(text.out()).contains(scheme.name());
      assertThat(json.out()).contains("{\"name\":\"" + scheme.name() + "\",");
    }
  }

  @Test
  void says_in_one_line_what_is_wrong_with_the_options() {
    assertOneLine(Run.of("token"), 2, "sign, verify, schemes or public-key is missing");
    assertOneLine(
        Run.of(
            "token", "sign", "--scheme", "none", "--key-file", keyFile, "--expires-in", "1h", URL),
        2,
        "no scheme 'none'");
    assertOneLine(token("sign", URL), 2, "--expires");
    assertOneLine(token("sign", "--expires-in", "soon", URL), 2, "'soon' is not a time");
    assertOneLine(token("sign", "--expires-in", "1h", "/a/../b"), 2, "/a/../b: ");
    assertOneLine(
        Run.of("token", "verify", "--scheme", "gcore", "--key-file", "none.txt", URL),
        1,
        "none.txt: no such file");
  }

  @Test
  void never_shows_the_secret() throws IOException {
    Files.writeString(folder.resolve("key.txt"), "hex:not-hex-at-all");

    Run run = token("sign", "--verbose", "--expires-in", "1h", URL);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("hexadecimal").doesNotContain("not-hex-at-all");
  }

  private static Run run(String[] start, String... more) {
    return Run.of(Stream.concat(Arrays.stream(start), Arrays.stream(more)).toArray(String[]::new));
  }

  private Run token(String verb, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("token", verb, "--scheme", "gcore", "--key-file", keyFile));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  private static void assertOneLine(Run run, int status, String part) {
    assertThat(run.status()).isEqualTo(status);
    assertThat(run.out()).isEmpty();
    assertThat(run.errors()).singleElement().asString().contains(part);
  }
}
