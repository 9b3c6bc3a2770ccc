package io.flvkit.edge.access;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Allows or denies by the host in {@code Referer} (RFC 9110, section 10.1.3). Denies with reason
 * {@code empty} or {@code host}. A referer that is not an http or https URL has no host and is no
 * exception.
 *
 * @param byDefault what happens to hosts that match none of the exceptions
 * @param except hosts to which the opposite happens
 * @param allowEmpty whether a request without a referer may go on, whatever the rest says
 */
public record RefererRule(DefaultAction byDefault, List<HostPattern> except, boolean allowEmpty)
    implements AccessRule {
  /** Scheme, perhaps user information, host; then a port, a path, a query or the end. */
  private static final Pattern URL =
      Pattern.compile("(?i)https?://(?:[^/?#\\\\@]*@)?([A-Z0-9._-]+|\\[[0-9A-F:.]+])(?:[:/?#].*)?");

  public RefererRule {
    except = List.copyOf(except);
  }

  @Override
  public String name() {
    return "referer";
  }

  @Override
  public CompletionStage<AccessVerdict> check(AccessRequest request) {
    String referer = request.referer();
    if (referer == null || referer.isBlank()) {
      return Answers.allowedIf(allowEmpty, name(), "empty");
    }
    String host = hostOf(referer);
    boolean isException = host != null && except.stream().anyMatch(it -> it.matches(host));
    return Answers.allowedIf(byDefault.allows(isException), name(), "host");
  }

  private static @Nullable String hostOf(String referer) {
    Matcher url = URL.matcher(referer.strip());
    return url.matches() ? url.group(1).toLowerCase(Locale.ROOT) : null;
  }
}
