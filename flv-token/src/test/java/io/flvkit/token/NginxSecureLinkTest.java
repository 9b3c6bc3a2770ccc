package io.flvkit.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code gcore} scheme and a real nginx judge the same links in the same way. */
class NginxSecureLinkTest {
  private static final String SECRET = "s3cret-of_both";
  private static final KeyRing KEYS = KeyRing.of("k", Secret.parse(SECRET));
  private static final String HERE = "127.0.0.1";
  private static final List<String> NAMES =
      List.of(
          "a", "live", "a b", "видео", "x+y", "100%", "...", ".h", "a;b", "q?", "h#", "A~b", "🎥",
          "é", "[1]", "a&b=c", "'", "%41");

  @TempDir static Path directory;
  private static Nginx nginx;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program = Nginx.program();
    boolean required = "1".equals(System.getenv("FLVKIT_REQUIRE_ALL"));
    assumeTrue(program.isPresent() || required, "skipped: nginx is not installed");
    nginx = Nginx.start(program.orElseThrow(), directory, SECRET);
  }

  @AfterAll
  static void stop() {
    if (nginx != null) {
      nginx.close();
    }
  }

  @Test
  void hundreds_of_links_good_and_forged_are_judged_alike() {
    Random random = new Random(20261122);
    long now = Instant.now().getEpochSecond();
    for (int i = 0; i < 600; i++) {
      String host = List.of("exact", "bound", "directory").get(i % 3);
      String bare = spelled(path(random), random);
      long expiry = now + (random.nextInt(4) == 0 ? -600 : 600);
      String url = mutated(signed(host, bare, expiry), random);

      int theirs = nginx.status(host, url, HERE);
      int ours = status(verifier(host).verify(url, ClientAddress.parse(HERE), Instant.now()));

      assertThat(ours).as("%s %s", host, url).isEqualTo(theirs);
    }
  }

  private static String path(Random random) {
    StringBuilder path = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      path.append('/').append(NAMES.get(random.nextInt(NAMES.size()))).append(random.nextInt(9));
    }
    return path.append(random.nextInt(8) == 0 ? "/" : ".flv").toString();
  }

  /** The path as a careless client may send it: more escapes than needed, in either case. */
  private static String spelled(String decoded, Random random) {
    String raw = CanonicalPath.ofDecoded(decoded).encoded();
    return switch (random.nextInt(4)) {
      case 0 -> raw.replace("+", "%2B").replace("a", "%61");
      case 1 -> raw.replaceAll("%D0%B2", "%d0%b2").replace("l", "%6c");
      case 2 -> raw.replace("%3B", ";").replace("%5B", "[");
      default -> raw;
    };
  }

  private static String signed(String host, String path, long expiry) {
    Grant grant = Grant.until(Instant.ofEpochSecond(expiry));
    Grant wanted =
        switch (host) {
          case "bound" -> grant.boundTo(ClientAddress.parse(HERE));
          case "directory" -> grant.scope(Scope.DIRECTORY);
          default -> grant;
        };
    String query = UrlSigner.of(Scheme.GCORE, KEYS).sign(path, wanted);
    // As the client spells it, not as we do.
    return path + query.substring(query.indexOf('?'));
  }

  private static String mutated(String url, Random random) {
    int tokenEnd = url.indexOf("&expires");
    return switch (random.nextInt(14)) {
      case 0 -> url + "&only_audio=1";
      case 1 -> url.replace("?md5", "?start=7&MD5").replace("expires", "Expires");
      case 2 -> url.substring(0, tokenEnd - 1) + "Z" + url.substring(tokenEnd);
      case 3 -> url.substring(0, tokenEnd - 2) + "ZA" + url.substring(tokenEnd);
      case 4 -> url.substring(0, tokenEnd) + "==" + url.substring(tokenEnd);
      case 5 -> url.substring(0, tokenEnd) + "=" + url.substring(tokenEnd);
      case 6 -> url.substring(0, tokenEnd) + "===" + url.substring(tokenEnd);
      case 7 -> url.replace("expires=", "expires=0");
      case 8 -> url.replace("expires=", "expires=+");
      case 9 -> url.substring(0, tokenEnd);
      case 10 -> url.replace("?", "x?");
      case 11 -> url.replaceFirst("md5=.", "md5=%41");
      case 12 -> url.replaceFirst("/([^/?]*)\\?", "/sub/$1?");
      default -> url;
    };
  }

  @Test
  void the_second_of_the_expiry_is_still_good() {
    boolean decided = false;
    for (int i = 0; i < 50 && !decided; i++) {
      long second = Instant.now().getEpochSecond();
      int atTheSecond = nginx.status("exact", signed("exact", "/a.flv", second), HERE);
      int aSecondLate = nginx.status("exact", signed("exact", "/a.flv", second - 1), HERE);
      // Only an answer within the same second says anything.
      decided = Instant.now().getEpochSecond() == second;
      if (decided) {
        assertThat(List.of(atTheSecond, aSecondLate)).containsExactly(200, 410);
        assertThat(judged("exact", signed("exact", "/a.flv", second), second)).isEqualTo(200);
        assertThat(judged("exact", signed("exact", "/a.flv", second - 1), second)).isEqualTo(410);
      }
    }
    assertThat(decided).isTrue();
  }

  @Test
  void a_link_bound_to_an_address_is_good_from_there_only() {
    String url = signed("bound", "/a.flv", Instant.now().getEpochSecond() + 600);

    assertThat(nginx.status("bound", url, HERE)).isEqualTo(200);
    assertThat(nginx.status("bound", url, "127.0.0.2")).isEqualTo(403);
    assertThat(
            verifier("bound")
                .verify(url, ClientAddress.parse("127.0.0.2"), Instant.now())
                .isGranted())
        .isFalse();
  }

  /** nginx repairs these and lets them pass; we refuse them, whatever their token says. */
  @ParameterizedTest
  @ValueSource(strings = {"//a.flv", "/x/../a.flv", "/./a.flv", "/%2e/a.flv", "/x%2f..%2fa.flv"})
  void what_nginx_repairs_is_refused_here(String spelling) {
    String good = signed("exact", "/a.flv", Instant.now().getEpochSecond() + 600);
    String url = good.replace("/a.flv", spelling);

    assertThat(nginx.status("exact", url, HERE)).isEqualTo(200);
    assertThat(verifier("exact").verify(url, null, Instant.now()))
        .isEqualTo(new Verdict.Denied(Verdict.Reason.MALFORMED));
  }

  /** nginx takes the first of two; we take neither. */
  @Test
  void a_parameter_given_twice_is_refused_here() {
    String url = signed("exact", "/a.flv", Instant.now().getEpochSecond() + 600) + "&md5=x";

    assertThat(nginx.status("exact", url, HERE)).isEqualTo(200);
    assertThat(verifier("exact").verify(url, null, Instant.now()))
        .isEqualTo(new Verdict.Denied(Verdict.Reason.MALFORMED));
  }

  private static int judged(String host, String url, long second) {
    Instant now = Instant.ofEpochSecond(second);
    return status(verifier(host).verify(url, ClientAddress.parse(HERE), now));
  }

  private static UrlVerifier verifier(String host) {
    return UrlVerifier.builder(Scheme.GCORE, KEYS)
        .bindIp(host.equals("bound"))
        .scope(host.equals("directory") ? Scope.DIRECTORY : Scope.EXACT)
        .build();
  }

  private static int status(Verdict verdict) {
    if (verdict.isGranted()) {
      return 200;
    }
    return ((Verdict.Denied) verdict).reason() == Verdict.Reason.EXPIRED ? 410 : 403;
  }
}
