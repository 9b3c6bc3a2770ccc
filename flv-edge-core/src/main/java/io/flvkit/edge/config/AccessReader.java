package io.flvkit.edge.config;

import io.flvkit.edge.access.AccessPolicy;
import io.flvkit.edge.access.AccessRule;
import io.flvkit.edge.access.AddressBlock;
import io.flvkit.edge.access.AgentPattern;
import io.flvkit.edge.access.Countries;
import io.flvkit.edge.access.DefaultAction;
import io.flvkit.edge.access.GeoRule;
import io.flvkit.edge.access.HostPattern;
import io.flvkit.edge.access.IpRule;
import io.flvkit.edge.access.RefererRule;
import io.flvkit.edge.access.UserAgentRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the access rules of a mount, in the order in which they are asked. */
final class AccessReader {
  private final Surroundings surroundings;
  private final TokenReader tokens;

  /** By file: mounts share what they name alike. */
  private final Map<Path, Countries> databases = new HashMap<>();

  AccessReader(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.tokens = new TokenReader(surroundings);
  }

  AccessPolicy policy(Section at) {
    List<AccessRule> rules = new ArrayList<>();
    at.section("ip").map(AccessReader::ip).ifPresent(rules::add);
    at.section("geo").map(this::geo).ifPresent(rules::add);
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

  private GeoRule geo(Section at) {
    Countries countries = at.required("database", this::countries, address -> null);
    GeoRule rule =
        new GeoRule(byDefault(at), Set.copyOf(at.list("except", AccessReader::country)), countries);
    at.done();
    return rule;
  }

  private Countries countries(String file) {
    return databases.computeIfAbsent(
        surroundings.path(file), path -> CountryDatabase.of(surroundings.database(file)));
  }

  private static String country(String text) {
    if (!text.matches("[A-Z]{2}")) {
      throw new IllegalArgumentException(
          "must be two capital letters of ISO 3166, or XX for no known country");
    }
    return text;
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
