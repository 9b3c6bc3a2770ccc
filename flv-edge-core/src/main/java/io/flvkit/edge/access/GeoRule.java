package io.flvkit.edge.access;

import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Allows or denies by the country of the client's address. Denies with reason {@code country}.
 *
 * @param byDefault what happens to countries that are no exceptions
 * @param except ISO 3166-1 alpha-2 in upper case, to which the opposite happens; {@link #UNKNOWN}
 *     stands for addresses of no known country
 * @param countries where addresses are
 */
public record GeoRule(DefaultAction byDefault, Set<String> except, Countries countries)
    implements AccessRule {
  /** A code that ISO 3166 leaves to its users. */
  public static final String UNKNOWN = "XX";

  public GeoRule {
    except = Set.copyOf(except);
  }

  @Override
  public String name() {
    return "geo";
  }

  @Override
  public CompletionStage<AccessVerdict> check(AccessRequest request) {
    String country = countries.countryOf(request.client());
    boolean isException = except.contains(country == null ? UNKNOWN : country);
    return Answers.allowedIf(byDefault.allows(isException), name(), "country");
  }

  @Override
  public @Nullable String country(InetAddress client) {
    return countries.countryOf(client);
  }
}
