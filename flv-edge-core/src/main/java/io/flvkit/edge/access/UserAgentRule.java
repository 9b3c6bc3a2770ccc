package io.flvkit.edge.access;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Allows or denies by {@code User-Agent}. Denies with reason {@code agent}.
 *
 * @param byDefault what happens to agents that match none of the exceptions
 * @param except agents to which the opposite happens
 */
public record UserAgentRule(DefaultAction byDefault, List<AgentPattern> except)
    implements AccessRule {
  public UserAgentRule {
    except = List.copyOf(except);
  }

  @Override
  public String name() {
    return "userAgent";
  }

  @Override
  public CompletionStage<AccessVerdict> check(AccessRequest request) {
    String agent = request.userAgent() == null ? "" : request.userAgent();
    boolean isException = except.stream().anyMatch(pattern -> pattern.matches(agent));
    return Answers.allowedIf(byDefault.allows(isException), name(), "agent");
  }
}
