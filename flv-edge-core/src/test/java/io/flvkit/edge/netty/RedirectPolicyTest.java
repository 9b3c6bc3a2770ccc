package io.flvkit.edge.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.http.Headers;
import io.flvkit.edge.origin.OriginRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectPolicyTest {
  private static final URI ASKED = URI.create("http://origin.example/live/a.flv");
  private static final OriginRequest REQUEST =
      new OriginRequest(
          ASKED,
          "GET",
          Headers.empty(),
          Duration.ofSeconds(1),
          Set.of("any.example", "secured.example:443", "other.example:8080"));

  @ParameterizedTest
  @CsvSource({
    "/live/b.flv,http://origin.example/live/b.flv",
    "https://any.example/b.flv,https://any.example/b.flv",
    "https://any.example:8443/b.flv,https://any.example:8443/b.flv",
    "https://secured.example/b.flv,https://secured.example/b.flv",
    "HTTPS://secured.example/b.flv,HTTPS://secured.example/b.flv",
    "http://other.example:8080/b.flv,http://other.example:8080/b.flv",
    "https://other.example:8080/b.flv,https://other.example:8080/b.flv",
  })
  void configured_hosts_are_followed_by_the_scheme_that_was_said(String location, String target) {
    assertThat(RedirectPolicy.target(ASKED, location, REQUEST)).isEqualTo(URI.create(target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example/b.flv",
        "https://origin.example/b.flv",
        "http://origin.example:8080/b.flv",
        "http://secured.example/b.flv",
        "https://other.example/b.flv",
        "ftp://any.example/b.flv",
        "https:b.flv",
        "http://[::1",
      })
  void nothing_else_is(String location) {
    assertThat(RedirectPolicy.target(ASKED, location, REQUEST)).isNull();
  }

  @Test
  void who_was_asked_over_tls_may_send_on_to_itself() {
    URI asked = URI.create("https://origin.example/live/a.flv");
    OriginRequest request =
        new OriginRequest(asked, "GET", Headers.empty(), Duration.ofSeconds(1), Set.of());

    assertThat(RedirectPolicy.target(asked, "https://origin.example:443/b.flv", request))
        .isEqualTo(URI.create("https://origin.example:443/b.flv"));
    assertThat(RedirectPolicy.target(asked, "http://origin.example/b.flv", request)).isNull();
  }
}
