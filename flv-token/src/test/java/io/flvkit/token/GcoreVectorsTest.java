package io.flvkit.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The known answers of Gcore Secure Token, computed with OpenSSL, confirmed by a real nginx. */
class GcoreVectorsTest {
  private static final KeyRing KEYS = KeyRing.of("k", Secret.parse("secret_key"));
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  @ParameterizedTest
  @CsvSource({
    "2147483647, /images/1.jpg, , vHEnxR8VaxpEDgyNzJuWwA",
    "2147483647, /images/1.jpg, 1.2.3.4, 14nsJ0zrjGipdIbehZ1tRw",
    "2147483647, /images/1.jpg, 127.0.0.1, kimA_9AkHvI05glWGwfqOQ",
    "2147483647, /images/1.jpg, 127.0.0.2, Lh5ZVSmx47anlGr9oRxPyg",
    "1893456000, /flv/channel1.flv, , YPIDA1htcbdv58_w-hlibA",
    "1893456000, /flv/channel1.flv, 127.0.0.1, KW3qd1p0Be7nKJtVfx5rTA",
    "1893456000, /flv/channel1.flv, 203.0.113.7, cuSqeV0k1yk7rkTz-4w9RQ",
    "1893456000, /videos/sample.flv, , tcYiHR9J8au5lYYrVHBORg",
    "1893456000, /live/133529_2/chunklist.m3u8, , xTdKJqxZhlybg0IzOy2mYA",
    "1893456000, /%D0%B2%D0%B8%D0%B4%D0%B5%D0%BE/a%20b.flv, , _RKc5_CVa0OLXR8r1yia5A",
    "1893456000, /flv/a+b.flv, , uvwPm734BSVkg1R8YbBdaw",
    "2147483647, /f10.flv, , aA6rIQ-XgT1CI2H_Vv3PCg",
  })
  void a_published_link_is_made_and_granted(
      long expiry, String path, @Nullable String ip, String token) {
    Grant grant = Grant.until(Instant.ofEpochSecond(expiry));
    ClientAddress client = ip == null ? null : ClientAddress.parse(ip);

    String url =
        UrlSigner.of(Scheme.GCORE, KEYS).sign(path, client == null ? grant : grant.boundTo(client));
    Verdict verdict = verifier(ip != null).verify(url, client, NOW);

    assertThat(url).isEqualTo(path + "?md5=" + token + "&expires=" + expiry);
    assertThat(verdict)
        .isEqualTo(new Verdict.Granted("k", Scope.EXACT, Instant.ofEpochSecond(expiry)));
  }

  @ParameterizedTest
  @CsvSource({
    "/flv/channel1.flv, hsFZShw6ooN3qj05VRj06g",
    "/images/1.jpg, jBL6CX3dP7pjJtzwcc6SIw",
  })
  void a_link_of_the_past_has_expired(String path, String token) {
    Verdict verdict =
        verifier(false).verify(path + "?md5=" + token + "&expires=1767225600", null, NOW);

    assertThat(verdict).isEqualTo(new Verdict.Denied(Verdict.Reason.EXPIRED));
  }

  @ParameterizedTest
  @CsvSource({
    "/flv/channel1.flv, 1893456000, 5E5KXGH7_7rCwPepcqz9Ug, granted",
    "/flv/a/channel1.flv, 1893456000, 5E5KXGH7_7rCwPepcqz9Ug, BAD_SIGNATURE",
    "/videos/video-1/seg.ts, 2147483647, Jnj5pfQgzPHKnKIStMHFdA, granted",
    "/videos/video-1/360p/seg.ts, 2147483647, Jnj5pfQgzPHKnKIStMHFdA, BAD_SIGNATURE",
  })
  void a_directory_token_opens_the_files_directly_in_it(
      String path, long expiry, String token, String outcome) {
    UrlVerifier verifier = UrlVerifier.builder(Scheme.GCORE, KEYS).scope(Scope.DIRECTORY).build();

    Verdict verdict = verifier.verify(path + "?md5=" + token + "&expires=" + expiry, null, NOW);

    assertThat(verdict)
        .isEqualTo(
            outcome.equals("granted")
                ? new Verdict.Granted("k", Scope.DIRECTORY, Instant.ofEpochSecond(expiry))
                : new Verdict.Denied(Verdict.Reason.valueOf(outcome.toUpperCase(Locale.ROOT))));
  }

  @Test
  void a_link_bound_to_one_address_is_denied_to_another() {
    String url = "/images/1.jpg?md5=kimA_9AkHvI05glWGwfqOQ&expires=2147483647";

    Verdict verdict = verifier(true).verify(url, ClientAddress.parse("127.0.0.2"), NOW);

    assertThat(verdict).isEqualTo(new Verdict.Denied(Verdict.Reason.BAD_SIGNATURE));
  }

  private static UrlVerifier verifier(boolean bindIp) {
    return UrlVerifier.builder(Scheme.GCORE, KEYS).bindIp(bindIp).build();
  }
}
