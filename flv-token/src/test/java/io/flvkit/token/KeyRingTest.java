package io.flvkit.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
  private static final Secret OLD = Secret.parse("old secret");
  private static final Secret NEW = Secret.parse("new secret");
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final Grant GRANT = Grant.until(NOW.plusSeconds(60));

  @SuppressWarnings("unused") // named by @FieldSource
  private static final List<Scheme> SHARED_SECRET_SCHEMES =
      Scheme.all().stream()
          .filter(scheme -> scheme != Scheme.FLVKIT_ED25519 && !scheme.name().startsWith("akamai"))
          .toList();

  @ParameterizedTest
  @FieldSource("SHARED_SECRET_SCHEMES")
  void the_newest_key_signs_and_each_verifies_until_it_is_retired(Scheme scheme) {
    KeyRing before = KeyRing.of("k0", OLD);
    KeyRing during = KeyRing.builder().add("k1", NEW).add("k0", OLD).build();
    KeyRing after = KeyRing.of("k1", NEW);

    String oldUrl = UrlSigner.of(scheme, before).sign("https://h/live/a.flv", GRANT);
    String newUrl = UrlSigner.of(scheme, during).sign("https://h/live/a.flv", GRANT);

    assertThat(keyOf(UrlVerifier.of(scheme, during).verify(oldUrl, null, NOW))).isEqualTo("k0");
    assertThat(keyOf(UrlVerifier.of(scheme, during).verify(newUrl, null, NOW))).isEqualTo("k1");
    assertThat(keyOf(UrlVerifier.of(scheme, after).verify(newUrl, null, NOW))).isEqualTo("k1");
    assertThat(UrlVerifier.of(scheme, after).verify(oldUrl, null, NOW).isGranted()).isFalse();
  }

  private static String keyOf(Verdict verdict) {
    return ((Verdict.Granted) verdict).keyId();
  }

  @ParameterizedTest
  @FieldSource("SHARED_SECRET_SCHEMES")
  void a_wiped_ring_signs_and_opens_nothing(Scheme scheme) {
    KeyRing ring = KeyRing.of("k1", OLD);
    UrlSigner signer = UrlSigner.of(scheme, ring);
    UrlVerifier verifier = UrlVerifier.of(scheme, ring);
    String url = signer.sign("https://h/live/a.flv", GRANT);
    String zeros =
        UrlSigner.of(scheme, KeyRing.of("k1", Secret.of(new byte[OLD.bytes().length])))
            .sign("https://h/live/a.flv", GRANT);

    ring.wipe();

    assertThat(verifier.verify(url, null, NOW).isGranted()).isFalse();
    assertThat(verifier.verify(zeros, null, NOW).isGranted()).isFalse();
    assertThatThrownBy(() -> signer.sign("https://h/live/a.flv", GRANT))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_ring_shows_ids_and_no_secrets() {
    KeyRing ring = KeyRing.builder().add("k1", NEW).add("k0", OLD).build();

    assertThat(ring.ids()).containsExactly("k1", "k0");
    assertThat(ring).hasToString("KeyRing[k1, k0]");
    assertThat(UrlSigner.of(Scheme.GCORE, ring)).hasToString("UrlSigner[gcore, KeyRing[k1, k0]]");
    assertThat(UrlVerifier.of(Scheme.GCORE, ring))
        .hasToString("UrlVerifier[gcore, KeyRing[k1, k0]]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tab\t",
        "ключ",
        "00000000000000000000000000000000000000000000000000000000000000001"
      })
  void an_id_is_short_printable_ascii(String id) {
    assertThatThrownBy(() -> KeyRing.of(id, OLD)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_ring_has_one_to_sixteen_keys_with_ids_of_their_own() {
    KeyRing.Builder builder = KeyRing.builder();

    assertThatThrownBy(builder::build).hasMessageContaining("needs a key");
    for (int i = 0; i < KeyRing.MAX_KEYS; i++) {
      builder.add("k" + i, OLD);
    }
    assertThat(builder.build().ids()).hasSize(16);
    assertThatThrownBy(() -> builder.add("k16", OLD)).hasMessageContaining("16");
    assertThatThrownBy(() -> KeyRing.builder().add("k", OLD).add("k", NEW))
        .hasMessageContaining("two keys");
  }
}
