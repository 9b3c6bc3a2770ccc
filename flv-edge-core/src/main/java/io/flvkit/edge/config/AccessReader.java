package io.flvkit.edge.config;

import io.flvkit.edge.access.AccessPolicy;
import io.flvkit.edge.access.AccessRule;
import io.flvkit.edge.access.AddressBlock;
import io.flvkit.edge.access.AgentPattern;
import io.flvkit.edge.access.DefaultAction;
import io.flvkit.edge.access.HostPattern;
import io.flvkit.edge.access.IpRule;
import io.flvkit.edge.access.RefererRule;
import io.flvkit.edge.access.UserAgentRule;
import java.util.ArrayList;
import java.util.List;

/** Reads the access rules of a mount, in the order in which they are asked. */
final class AccessReader {
  private final TokenReader tokens;

  AccessReader(Surroundings surroundings) {
    this.tokens = new TokenReader(surroundings);
  }

  AccessPolicy policy(Section at) {
    List<AccessRule> rules = new ArrayList<>();
    at.section("ip").map(AccessReader::ip).ifPresent(rules::add);
    at.section("referer").map(AccessReader::referer).ifPresent(rules::add);
    at.section("userAgent").map(AccessReader::userAgent).ifPresent(rules::add);
    at.section("token").map(tokens::rule).ifPresent(rules::add);
    at.done();
    return AccessPolicy.of(rules);
  }

  private static IpRule ip(Section at) {
    IpRule rule = new IpRule(byDefault(at), at.list("except", AddressBlock::parse));
    at.done();
    return rule;
  }

  private static RefererRule referer(Section at) {
    DefaultAction byDefault = byDefault(at);
    List<HostPattern> except = at.list("except", HostPattern::parse);
    boolean allowEmpty = at.read("allowEmpty", Units::flag, true);
    at.done();
    return new RefererRule(byDefault, except, allowEmpty);
  }

  private static UserAgentRule userAgent(Section at) {
    UserAgentRule rule = new UserAgentRule(byDefault(at), at.list("except", AgentPattern::parse));
    at.done();
    return rule;
  }

  /** There is no default of the default: who is let in must be said. */
  private static DefaultAction byDefault(Section at) {
    String word = at.required("default", Units.oneOf("allow", "deny"), "deny");
    return word.equals("allow") ? DefaultAction.ALLOW : DefaultAction.DENY;
  }
}
