package io.flvkit.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.token.Grant;
import io.flvkit.token.KeyRing;
import io.flvkit.token.Scheme;
import io.flvkit.token.Secret;
import io.flvkit.token.UrlSigner;
import io.flvkit.token.UrlVerifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TokenExamplesTest {
  private static final KeyRing KEYS = KeyRing.of("k1", Secret.parse("secret"));
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  @Test
  void a_signed_link_is_good_for_five_minutes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    SignUrl.run(
        new String[] {"gcore", "secret", "https://h/live/cam1.flv"},
        NOW,
        new PrintStream(out, true, UTF_8));

    String url = out.toString(UTF_8).strip();
    UrlVerifier verifier = UrlVerifier.of(Scheme.GCORE, KEYS);
    assertThat(verifier.verify(url, null, NOW.plusSeconds(300)).isGranted()).isTrue();
    assertThat(verifier.verify(url, null, NOW.plusSeconds(301)).isGranted()).isFalse();
  }

  @Test
  void the_lines_of_the_readme_sign_a_link() throws IOException {
    KeyRing keys = KeyRing.of("k1", Secret.parse("secret"));
    Instant expiry = Instant.now().plusSeconds(300);
    String url =
        UrlSigner.of(Scheme.FLVKIT_HMAC, keys)
            .sign("https://live.example.com/live/cam1.flv", Grant.until(expiry));

    String readme = Files.readString(Path.of("../README.md"));
    int start = readme.indexOf("KeyRing keys");
    String lines = readme.substring(start, readme.indexOf("```", start));
    String here =
        Files.readString(Path.of("src/test/java/io/flvkit/examples/TokenExamplesTest.java"));
    assertThat(UrlVerifier.of(Scheme.FLVKIT_HMAC, keys).verify(url, null, expiry).isGranted())
        .isTrue();
    assertThat(inOneLine(here)).contains(inOneLine(lines));
  }

  private static String inOneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  @Test
  void an_endpoint_issues_fresh_links() throws IOException, InterruptedException {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    try (TokenEndpoint endpoint = TokenEndpoint.start(KEYS, "https://live.example.com", clock)) {
      HttpResponse<String> issued = get(endpoint, "/token/cam1");
      HttpResponse<String> refused = get(endpoint, "/token/..%2fcam1");

      String url = issued.body().replaceAll("\\{\"url\":\"([^\"]*)\".*", "$1");
      assertThat(issued.body()).endsWith("\"refreshAt\":1800000225}");
      assertThat(issued.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(UrlVerifier.of(Scheme.FLVKIT_HMAC, KEYS).verify(url, null, NOW).isGranted())
          .isTrue();
      assertThat(refused.statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<String> get(TokenEndpoint endpoint, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + endpoint.port() + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
