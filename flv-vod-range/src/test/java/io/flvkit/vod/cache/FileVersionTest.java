package io.flvkit.vod.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.vod.EntityTag;
import io.flvkit.vod.Representation;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileVersionTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void a_strong_tag_alone_decides() {
    assertThat(of("\"a\"", TIME).isSameAs(of("\"a\"", TIME.plusSeconds(9)))).isTrue();
    assertThat(of("\"a\"", TIME).isSameAs(of("\"b\"", TIME))).isFalse();
  }

  @Test
  void a_weak_tag_needs_the_time_beside_it() {
    assertThat(of("W/\"a\"", TIME).isSameAs(of("W/\"a\"", TIME))).isTrue();
    assertThat(of("W/\"a\"", TIME).isSameAs(of("W/\"a\"", TIME.plusSeconds(9)))).isFalse();
    assertThat(of("W/\"a\"", TIME).isSameAs(of("\"a\"", TIME))).isFalse();
  }

  @Test
  void without_any_validator_no_two_answers_are_known_to_be_of_one_version() {
    assertThat(of(null, TIME).isSameAs(of(null, TIME))).isTrue();
    assertThat(of(null, null).isSameAs(of(null, null))).isFalse();
  }

  @Test
  void another_length_is_another_version() {
    FileVersion longer =
        new FileVersion("/a", new Representation(11, EntityTag.strong("a"), TIME), false, Map.of());

    assertThat(of("\"a\"", TIME).isSameAs(longer)).isFalse();
  }

  private static FileVersion of(String etag, Instant modified) {
    EntityTag tag = etag == null ? null : EntityTag.parse(etag).orElseThrow();
    return new FileVersion("/a", new Representation(10, tag, modified), false, Map.of());
  }
}
