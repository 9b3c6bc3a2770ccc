package io.flvkit.edge.access;

import static io.flvkit.edge.access.DefaultAction.ALLOW;
import static io.flvkit.edge.access.DefaultAction.DENY;
import static io.flvkit.edge.access.Requests.allows;
import static io.flvkit.edge.access.Requests.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.token.KeyRing;
import io.flvkit.token.Scheme;
import io.flvkit.token.Secret;
import io.flvkit.token.UrlVerifier;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {

  @Nested
  class By_address {
    private final List<AddressBlock> office = List.of(AddressBlock.parse("203.0.113.0/24"));

    @Test
    void exceptions_get_the_opposite_of_the_default() {
      assertThat(allows(new IpRule(ALLOW, office), Requests.from("203.0.113.7"))).isFalse();
      assertThat(allows(new IpRule(ALLOW, office), Requests.from("198.51.100.1"))).isTrue();
      assertThat(allows(new IpRule(DENY, office), Requests.from("203.0.113.7"))).isTrue();
      assertThat(allows(new IpRule(DENY, office), Requests.from("198.51.100.1"))).isFalse();
    }

    @Test
    void a_denial_names_rule_and_reason() {
      assertThat(ask(new IpRule(DENY, List.of()), Requests.from("203.0.113.7")))
          .isEqualTo(new AccessVerdict.Denied("ip", "address", 403));
    }
  }

  @Nested
  class By_referer {
    private final List<HostPattern> sites =
        List.of(HostPattern.parse("example.com"), HostPattern.parse("*.example.org"));

    @ParameterizedTest
    @CsvSource({
      "https://example.com/page, true",
      "http://example.com, true",
      "https://EXAMPLE.com:8443/, true",
      "https://example.com./, true",
      "https://example.com?x=y, true",
      "https://user@example.com/, true",
      "https://www.example.com/, false",
      "https://www.example.org/, true",
      "https://a.b.example.org/, true",
      "https://example.org/, false",
      "https://notexample.com/, false",
      "https://example.com.evil.net/, false",
      "https://evil.net/example.com, false",
      "https://evil.net/https://example.com/, false",
      "https://example.com@evil.net/, false",
      "https://evil.net\\@example.com/, false",
      "https://evil.net#@example.com/, false",
      "https://.example.org/, false",
      "//example.com/, false",
      "example.com, false",
      "ftp://example.com/, false",
      "android-app://example.com/, false",
    })
    void only_the_host_counts(String referer, boolean allowed) {
      RefererRule rule = new RefererRule(DENY, sites, true);

      assertThat(allows(rule, Requests.referredBy(referer))).isEqualTo(allowed);
      assertThat(allows(new RefererRule(ALLOW, sites, true), Requests.referredBy(referer)))
          .isEqualTo(!allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void an_absent_referer_is_a_case_of_its_own(String blank) {
      for (DefaultAction byDefault : DefaultAction.values()) {
        for (String referer : new String[] {null, blank}) {
          assertThat(allows(new RefererRule(byDefault, sites, true), Requests.referredBy(referer)))
              .isTrue();
          assertThat(ask(new RefererRule(byDefault, sites, false), Requests.referredBy(referer)))
              .isEqualTo(AccessVerdict.denied("referer", "empty"));
        }
      }
    }

    @Test
    void a_site_may_be_named_in_any_script() {
      RefererRule rule = new RefererRule(DENY, List.of(HostPattern.parse("bücher.example")), true);

      assertThat(allows(rule, Requests.referredBy("https://xn--bcher-kva.example/"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "*.", "*.*.com", "a/b", "http://a", "a b", "a..b", "a:80"})
    void a_pattern_that_is_no_host_is_refused(String pattern) {
      assertThatThrownBy(() -> HostPattern.parse(pattern))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class By_user_agent {

    @ParameterizedTest
    @CsvSource(
        nullValues = "absent",
        value = {
          "curl/8.0, curl/8.0, true",
          "curl/8.0, curl/8.0.1, false",
          "curl/8.0, CURL/8.0, false",
          "'', absent, true",
          "'', '', true",
          "'', curl, false",
          "~bot, Googlebot/2.1, true",
          "~Bot, Googlebot/2.1, false",
          "~*BADBOT, xBadBotx, true",
          "~^VLC, VLC/3.0, true",
          "~^VLC, not VLC/3.0, false",
          "~*badbot, absent, false",
        })
    void a_pattern_is_a_text_or_an_expression(String pattern, String agent, boolean meant) {
      UserAgentRule rule = new UserAgentRule(DENY, List.of(AgentPattern.parse(pattern)));

      assertThat(allows(rule, Requests.by(agent))).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"~(x+x+)+y", "~^(x|y)*$"})
    void an_expression_that_is_too_much_for_an_agent_denies(String expression) {
      UserAgentRule rule = new UserAgentRule(ALLOW, List.of(AgentPattern.parse(expression)));

      AccessVerdict verdict =
          AccessPolicy.of(rule)
              .check(Requests.by("x".repeat(200_000)))
              .toCompletableFuture()
              .join();

      assertThat(verdict).isEqualTo(AccessVerdict.denied("userAgent", "error"));
    }
  }

  /** Vectors with the key {@code secret_key}, as real nginx answers them. */
  @Nested
  class By_token {
    private final UrlVerifier.Builder gcore =
        UrlVerifier.builder(Scheme.GCORE, KeyRing.of("k1", Secret.parse("secret_key")));

    @ParameterizedTest
    @CsvSource(
        nullValues = "none",
        value = {
          "/flv/channel1.flv, md5=YPIDA1htcbdv58_w-hlibA&expires=1893456000, none, 0",
          "/flv/channel1.flv, only_audio=1&md5=YPIDA1htcbdv58_w-hlibA&expires=1893456000, none, 0",
          "/flv/channel2.flv, md5=YPIDA1htcbdv58_w-hlibA&expires=1893456000, bad-signature, 403",
          "/flv/channel1.flv, md5=hsFZShw6ooN3qj05VRj06g&expires=1767225600, expired, 410",
          "/flv/channel1.flv, md5=YPIDA1htcbdv58_w-hlibA&expires=1767225600, bad-signature, 403",
          "/flv/channel1.flv, none, missing, 403",
          "/flv/channel1.flv, expires=1893456000, missing, 403",
          "/flv/channel1.flv, md5=YPIDA1htcbdv58_w-hlibA&expires=x, malformed, 403",
        })
    void the_reason_is_the_verifiers_word(String path, String query, String reason, int status) {
      TokenRule rule = TokenRule.of(gcore.build());

      AccessVerdict verdict = ask(rule, Requests.link(path, query, "203.0.113.7"));

      assertThat(verdict)
          .isEqualTo(
              reason == null
                  ? AccessVerdict.ALLOWED
                  : new AccessVerdict.Denied("token", reason, status));
    }

    @Test
    void a_bound_link_opens_for_its_address_only() {
      TokenRule rule = TokenRule.of(gcore.bindIp(true).build());
      String query = "md5=cuSqeV0k1yk7rkTz-4w9RQ&expires=1893456000";

      assertThat(allows(rule, Requests.link("/flv/channel1.flv", query, "203.0.113.7"))).isTrue();
      assertThat(allows(rule, Requests.link("/flv/channel1.flv", query, "203.0.113.8"))).isFalse();
    }

    @Test
    void its_parameters_are_secret() {
      assertThat(TokenRule.of(gcore.build()).secretParameters())
          .containsExactlyInAnyOrder("md5", "expires");
    }
  }
}
