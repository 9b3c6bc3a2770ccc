package io.flvkit.edge.vod;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.S3AccessKey;
import io.flvkit.edge.S3Config;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.token.CanonicalPath;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3AddressTest {
  private static final Clock THEN =
      Clock.fixed(Instant.parse("2013-05-24T00:00:00Z"), ZoneOffset.UTC);

  /** The key of the examples in the documentation of Amazon S3. */
  private static final S3AccessKey KEY =
      new S3AccessKey("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

  @Test
  void a_signature_is_that_of_amazons_example_of_a_ranged_get() {
    Headers signed =
        S3Signature.sign(
            "GET",
            URI.create("http://examplebucket.s3.amazonaws.com/test.txt"),
            Headers.of("Range", "bytes=0-9"),
            "us-east-1",
            KEY,
            THEN);

    assertThat(signed.first("Authorization"))
        .contains("Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request")
        .contains("SignedHeaders=host;range;x-amz-content-sha256;x-amz-date")
        .endsWith("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    assertThat(signed.first("Host")).isEqualTo("examplebucket.s3.amazonaws.com");
  }

  @ParameterizedTest
  @CsvSource({
    "'', /a.flv, /films/a.flv",
    "vod/, /2026/a.flv, /films/vod/2026/a.flv",
    "'', /a%20b+c.flv, /films/a%20b%2Bc.flv",
    "'', /%C3%A9(1).flv, /films/%C3%A9%281%29.flv",
  })
  void a_key_is_the_prefix_and_what_follows_the_mount_in_the_signatures_spelling(
      String prefix, String file, String path) {
    OriginRequest request =
        new S3Address(config(prefix, KEY), Duration.ofSeconds(2), THEN)
            .request("GET", CanonicalPath.parse(file), Headers.empty());

    assertThat(request.uri()).hasToString("http://127.0.0.1:9000" + path);
    assertThat(request.headers().first("Authorization")).startsWith("AWS4-HMAC-SHA256 ");
  }

  @Test
  void a_public_bucket_is_asked_without_a_signature() {
    OriginRequest request =
        new S3Address(config("", null), Duration.ofSeconds(2), THEN)
            .request("HEAD", CanonicalPath.parse("/a.flv"), Headers.of("X-Request-Id", "1"));

    assertThat(request.headers()).hasToString(Headers.of("X-Request-Id", "1").toString());
  }

  private static S3Config config(String prefix, S3AccessKey key) {
    return new S3Config(URI.create("http://127.0.0.1:9000"), "us-east-1", "films", prefix, key);
  }
}
