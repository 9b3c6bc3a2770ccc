package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.flvkit.token.CanonicalPath;
import io.flvkit.token.ClientAddress;
import io.flvkit.token.Grant;
import io.flvkit.token.Link;
import io.flvkit.token.LinkFormula.Time;
import io.flvkit.token.Scope;
import io.flvkit.token.Verdict;
import io.flvkit.token.Verdict.Denied;
import io.flvkit.token.Verdict.Reason;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Bunny's advanced token authentication, in the query. The address is hashed as octets, of IPv6 the
 * first 64 bits.
 */
public final class BunnyFormat implements TokenFormat {
  /** The formula for people. */
  public static final String FORMULA =
      "?token=HS256-[1-]{mac}&[token_path=..&]expires={time}  mac = BASE64URL HMAC-SHA-256 of"
          + " {token_path or path}{time}[{ip octets}]{sorted parameters}; 1- if bound to an address";

  private static final String TOKEN = "token";
  private static final String EXPIRES = "expires";
  private static final String UNBOUND = "HS256-";
  private static final String BOUND = "HS256-1-";
  private static final byte[] NO_OCTETS = {};
  private static final int MAC_BYTES = 32;
  private static final int MAC_DIGITS = 43;
  private static final int V6_NETWORK_BYTES = 8;
  private static final int V6_BYTES = 16;

  @Override
  public Set<String> parameters() {
    return BunnyParameters.NAMES;
  }

  @Override
  public Signer signer(Key key, Rules rules) {
    Hmac mac = Hmac.sha256(key.secret());
    return (link, grant) -> sign(link, grant, mac);
  }

  private static Link sign(Link link, Grant grant, Hmac mac) {
    Map<String, String> own = new TreeMap<>(grant.fields());
    if (grant.scope() == Scope.TREE) {
      own.putIfAbsent(BunnyParameters.PATH, link.path().directory().decoded());
    }
    boolean expressible =
        grant.scope() != Scope.DIRECTORY
            && grant.notBefore().isEmpty()
            && BunnyParameters.FIELDS.containsAll(own.keySet())
            && !grant.isBoundToNetwork();
    if (!expressible) {
      throw new IllegalArgumentException(
          "the scheme knows exact paths and trees, single addresses, no start time, and the fields "
              + BunnyParameters.FIELDS);
    }
    String query = link.query();
    for (Map.Entry<String, String> field : own.entrySet()) {
      query =
          Query.with(
              query, field.getKey() + "=" + Percent.encode(field.getValue(), "0123456789ABCDEF"));
    }
    BunnyParameters parameters = BunnyParameters.read(query);
    if (parameters == null) {
      throw new IllegalArgumentException("a parameter has an & or = inside, or stands twice");
    }
    String expires = TimeText.format(Time.DECIMAL_10, grant.expiry().getEpochSecond());
    byte[] ip = grant.address().map(BunnyFormat::octets).orElse(NO_OCTETS);
    byte[] computed = new byte[MAC_BYTES];
    compute(mac, parameters, link.path(), expires, ip, computed);
    String token =
        (ip.length == 0 ? UNBOUND : BOUND)
            + Base64.getUrlEncoder().withoutPadding().encodeToString(computed);
    String signed = Query.with(Query.with(query, TOKEN + "=" + token), EXPIRES + "=" + expires);
    return link.with(link.path(), signed);
  }

  private static byte @Nullable [] octetsIfKnown(@Nullable ClientAddress client) {
    return client == null ? null : octets(client);
  }

  private static byte[] octets(ClientAddress address) {
    byte[] octets = address.octets();
    if (octets.length == V6_BYTES) {
      Arrays.fill(octets, V6_NETWORK_BYTES, V6_BYTES, (byte) 0);
    }
    return octets;
  }

  private static void compute(
      Hmac mac,
      BunnyParameters parameters,
      CanonicalPath path,
      String expires,
      byte[] ip,
      byte[] computed) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    String signedPath = parameters.path() == null ? path.encoded() : parameters.path();
    input.writeBytes(signedPath.getBytes(UTF_8));
    input.writeBytes(expires.getBytes(US_ASCII));
    input.writeBytes(ip);
    input.writeBytes(parameters.signed().getBytes(UTF_8));
    mac.compute(input.toByteArray(), 0, input.size(), computed);
  }

  private record Candidate(Key key, Hmac mac) {}

  @Override
  public Verifier verifier(List<Key> keys, Rules rules) {
    List<Candidate> candidates =
        keys.stream().map(key -> new Candidate(key, Hmac.sha256(key.secret()))).toList();
    return (link, workspace, client, now) -> verify(link, client, candidates, rules, now);
  }

  private static Verdict verify(
      Link link,
      @Nullable ClientAddress client,
      List<Candidate> candidates,
      Rules rules,
      Instant now) {
    Parameter token = Parameter.oneOf(link, TOKEN);
    Parameter expires = Parameter.oneOf(link, EXPIRES);
    if (token.value() == null || expires.value() == null) {
      return new Denied(token.value() == null ? token.problem() : expires.problem());
    }
    String text = token.value();
    // A MAC may begin as the mark of a bound token does: the length tells them apart.
    boolean bound = text.startsWith(BOUND) && text.length() == BOUND.length() + MAC_DIGITS;
    long expiry = TimeText.seconds(Time.DECIMAL_10, expires.value());
    byte[] given = new byte[MAC_BYTES];
    int start = (bound ? BOUND : UNBOUND).length();
    BunnyParameters parameters = BunnyParameters.read(link.query());
    boolean readable =
        text.startsWith(UNBOUND)
            && Base64Url.decode(text, start, given) == MAC_BYTES
            && expiry != TimeText.NONE;
    if (!readable || parameters == null) {
      return new Denied(Reason.MALFORMED);
    }
    byte[] ip = bound ? octetsIfKnown(client) : NO_OCTETS;
    if (ip == null || (rules.bindIp() && !bound)) {
      return new Denied(Reason.WRONG_ADDRESS);
    }
    byte[] computed = new byte[MAC_BYTES];
    for (Candidate candidate : candidates) {
      compute(candidate.mac, parameters, link.path(), expires.value(), ip, computed);
      if (Bytes.same(given, computed, MAC_BYTES)) {
        return judge(parameters, link.path(), candidate.key, expiry, rules, now);
      }
    }
    return new Denied(Reason.BAD_SIGNATURE);
  }

  private static Verdict judge(
      BunnyParameters parameters,
      CanonicalPath path,
      Key key,
      long expiry,
      Rules rules,
      Instant now) {
    Scope scope = parameters.path() == null ? Scope.EXACT : Scope.TREE;
    if (rules.excludes(scope) || parameters.namesCountries() || !parameters.opens(path)) {
      return new Denied(Reason.OUT_OF_SCOPE);
    }
    return rules.judge(key, scope, Rules.NO_START, expiry, now);
  }
}
