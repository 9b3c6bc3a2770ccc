package io.flvkit.edge.player;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlayerPageTest {
  private final PlayerPage page = PlayerPage.load();

  @Test
  void the_mount_itself_is_the_page() {
    PageAnswer answer = page.answer("", null);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("Content-Type", "text/html; charset=utf-8");
    assertThat(new String(answer.content(), UTF_8)).contains("<title>flvkit player</title>");
    assertThat(page.answer("index.html", null)).isSameAs(answer);
  }

  @Test
  void every_source_file_of_the_page_is_served() throws IOException {
    List<String> sources;
    try (var files = Files.list(Path.of("src/main/player/page"))) {
      sources = files.map(file -> file.getFileName().toString()).toList();
    }

    assertThat(sources).isNotEmpty().allMatch(name -> page.answer(name, null).status() == 200);
  }

  @Test
  void scripts_and_styles_have_the_types_that_nosniff_demands() {
    assertThat(page.answer("main.js", null).headers())
        .containsEntry("Content-Type", "text/javascript; charset=utf-8")
        .containsEntry("X-Content-Type-Options", "nosniff");
    assertThat(page.answer("style.css", null).headers())
        .containsEntry("Content-Type", "text/css; charset=utf-8");
    assertThat(page.answer("icon.svg", null).headers())
        .containsEntry("Content-Type", "image/svg+xml");
  }

  @Test
  void the_policy_admits_nothing_inline_and_nothing_from_elsewhere() {
    String policy = page.answer("", null).headers().get("Content-Security-Policy");
    String html = new String(page.answer("", null).content(), UTF_8);

    assertThat(policy)
        .contains("default-src 'none'")
        .doesNotContain("unsafe")
        .doesNotContain("http");
    assertThat(html).doesNotContain("style=").doesNotContain("http://").doesNotContain("https://");
    assertThat(Pattern.compile("<script(?![^>]* src=)|\\son[a-z]+=").matcher(html).find())
        .isFalse();
  }

  @Test
  void an_unchanged_file_is_not_sent_again() {
    String etag = page.answer("main.js", null).headers().get("ETag");

    PageAnswer again = page.answer("main.js", "\"other\", W/" + etag);

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.content()).isEmpty();
    assertThat(again.headers()).containsEntry("ETag", etag);
    assertThat(page.answer("main.js", "\"other\"").status()).isEqualTo(200);
  }

  @Test
  void other_names_are_not_found() {
    assertThat(page.answer("PlayerPage.class", null).status()).isEqualTo(404);
    assertThat(page.answer("../EdgeException.class", null).status()).isEqualTo(404);
    assertThat(page.answer("js/", null).status()).isEqualTo(404);
  }

  @Test
  void the_player_is_served_exactly_if_the_build_found_it() {
    int status = page.answer("mpegts.js", null).status();

    assertThat(status).isEqualTo(page.hasPlayer() ? 200 : 404);
  }
}
