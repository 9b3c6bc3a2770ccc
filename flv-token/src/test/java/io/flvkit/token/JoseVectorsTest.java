package io.flvkit.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known CDNI and CAT tokens; the CAT ones were judged by an independent validator. */
class JoseVectorsTest {
  private static final String JWT =
      "eyJhbGciOiJIUzI1NiIsImtpZCI6IkZpcnN0IEtleSJ9.eyJjZG5pdiI6MSwiaXNzIjoiS2FibGV0b3duIFVSSSBBdXRob3JpdHkiLCJleHAiOjE4OTM0NTYwMDAsImNkbml1YyI6InJlZ2V4Omh0dHBzPzovL2NkblxcLmV4YW1wbGVcXC5jb20vbGl2ZS9bXj9dKlxcLmZsdihcXD8uKik_In0.VKsZSpVAYEpvQLCZw_bo1OMzl-PS3QU9JWHrj-zVibQ";
  private static final KeyRing CDNI_KEYS =
      KeyRing.of("First Key", Secret.parse("base64:Kh_RkUMj-fzbD37qBnDf_3e_RvQ3RP9PaSmVEpE24AM"));
  private static final KeyRing CAT_KEYS =
      KeyRing.builder()
          .add(
              "Symmetric256",
              Secret.parse("hex:403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79569388"))
          .add(
              "akamai_key_hs256",
              Secret.parse("hex:403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79569388"))
          .build();
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  @ParameterizedTest
  @CsvSource({
    "https://cdn.example.com/live/a.flv?URISigningPackage=, GRANTED",
    "http://cdn.example.com/live/a.flv?only_audio=1&URISigningPackage=, GRANTED",
    "https://cdn.example.com/live/a/b.flv?x=1&URISigningPackage=, GRANTED",
    "https://cdn.example.com/vod/a.flv?URISigningPackage=, OUT_OF_SCOPE",
    "https://cdn-example.com/live/a.flv?URISigningPackage=, OUT_OF_SCOPE",
    "/live/a.flv?URISigningPackage=, OUT_OF_SCOPE",
  })
  void a_cdni_token_opens_what_its_expression_matches(String url, String outcome) {
    Verdict verdict = UrlVerifier.of(Scheme.CDNI_JWT, CDNI_KEYS).verify(url + JWT, null, NOW);

    assertThat(word(verdict)).isEqualTo(outcome);
  }

  @Test
  void a_cdni_token_expires() {
    Verdict verdict =
        UrlVerifier.of(Scheme.CDNI_JWT, CDNI_KEYS)
            .verify(
                "https://cdn.example.com/live/a.flv?URISigningPackage=" + JWT,
                null,
                Instant.ofEpochSecond(1893456001));

    assertThat(word(verdict)).isEqualTo("EXPIRED");
  }

  @ParameterizedTest
  @CsvSource({
    "/any/a.flv, , GRANTED, 2D3RhEOhAQWhBExTeW1tZXRyaWMyNTZUowFnZmx2LWtpdAQacNvYgBkBNgFYIMdJDBUcXh-j_CogdrMm3ql2z1UNGoKYa8nv1bLf8AG5",
    "/live/a.flv, , GRANTED, 2D3RhEOhAQWhBExTeW1tZXRyaWMyNTZYKqUBZ2Zsdi1raXQEGnDb2IAZATYBGQE4oQOhAWYvbGl2ZS8ZATmBY0dFVFggq2ZR0U7uXYEuo8z4SSYawCPave1XV8Z3zGQCLeiQBNg",
    "/vod/a.flv, , OUT_OF_SCOPE, 2D3RhEOhAQWhBExTeW1tZXRyaWMyNTZYKqUBZ2Zsdi1raXQEGnDb2IAZATYBGQE4oQOhAWYvbGl2ZS8ZATmBY0dFVFggq2ZR0U7uXYEuo8z4SSYawCPave1XV8Z3zGQCLeiQBNg",
    "/any/a.flv, 203.0.113.9, GRANTED, 2D3RhEOhAQWhBExTeW1tZXRyaWMyNTZYIqQBZ2Zsdi1raXQEGnDb2IAZATYBGQE3gdg0ghgYRMsAcQBYID2YQC_2pYdGoC9frVQpiYmdT4lo13l0yH5v_lm6bmJ7",
    "/any/a.flv, 203.0.114.9, WRONG_ADDRESS, 2D3RhEOhAQWhBExTeW1tZXRyaWMyNTZYIqQBZ2Zsdi1raXQEGnDb2IAZATYBGQE3gdg0ghgYRMsAcQBYID2YQC_2pYdGoC9frVQpiYmdT4lo13l0yH5v_lm6bmJ7",
    "/any/a.flv, , WRONG_ADDRESS, 2D3RhEOhAQWhBExTeW1tZXRyaWMyNTZYIqQBZ2Zsdi1raXQEGnDb2IAZATYBGQE3gdg0ghgYRMsAcQBYID2YQC_2pYdGoC9frVQpiYmdT4lo13l0yH5v_lm6bmJ7",
    "/any/a.flv, , EXPIRED, 2D3RhEOhAQWhBFBha2FtYWlfa2V5X2hzMjU2U6MEGmfXP_YGGmfXQAsFGmfXQAtYINTT_KlOyhaV6NaSxFXkqJWfBagSkPkem10dysoA-C0w",
  })
  void a_common_access_token_opens_what_its_claims_say(
      String path, String ip, String outcome, String token) {
    ClientAddress client = ip == null ? null : ClientAddress.parse(ip);

    Verdict verdict =
        UrlVerifier.of(Scheme.CAT, CAT_KEYS).verify(path + "?cat=" + token, client, NOW);

    assertThat(word(verdict)).isEqualTo(outcome);
  }

  private static String word(Verdict verdict) {
    return verdict instanceof Verdict.Denied denied ? denied.reason().name() : "GRANTED";
  }
}
