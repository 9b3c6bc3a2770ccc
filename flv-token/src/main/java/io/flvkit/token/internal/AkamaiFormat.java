package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flvkit.token.CanonicalPath;
import io.flvkit.token.ClientAddress;
import io.flvkit.token.Grant;
import io.flvkit.token.Link;
import io.flvkit.token.Scope;
import io.flvkit.token.Verdict;
import io.flvkit.token.Verdict.Denied;
import io.flvkit.token.Verdict.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Akamai EdgeAuth 2.0, checked against the vendor's own library. */
public final class AkamaiFormat implements TokenFormat {
  private static final String FIELDS_FORMULA =
      "?__token__=[ip=..~][st=..~]exp={time}~[acl=..~][id=..~][data=..~]hmac={mac}  mac = HEX ";
  private static final String MAC_FORMULA =
      " of the fields before it [~url={rawpath} without acl][~salt=..]";

  private static final String TOKEN = "__token__";
  private static final String SEGMENTED = "hdnts";
  private static final String HEX = "0123456789abcdef";
  private static final Set<String> FIELDS = Set.of("acl", "id", "data", "salt", "escape", "name");

  private static final Pattern PATTERN_CHARACTERS = Pattern.compile("[!*?~]");

  private final String algorithm;
  private final int macBytes;

  private AkamaiFormat(String algorithm, int macBytes) {
    this.algorithm = algorithm;
    this.macBytes = macBytes;
  }

  /** The vendor's default. */
  public static AkamaiFormat sha256() {
    return new AkamaiFormat("HmacSHA256", 32);
  }

  /** For properties that were set up with SHA-1. */
  public static AkamaiFormat sha1() {
    return new AkamaiFormat("HmacSHA1", 20);
  }

  /** For properties that were set up with MD5. */
  public static AkamaiFormat md5() {
    return new AkamaiFormat("HmacMD5", 16);
  }

  /** Returns the formula for people. */
  public String formula() {
    return FIELDS_FORMULA + algorithm + MAC_FORMULA;
  }

  @Override
  public Set<String> parameters() {
    return Set.of(TOKEN, SEGMENTED);
  }

  @Override
  public Signer signer(Key key, Rules rules) {
    Hmac mac = mac(key);
    return (link, grant) -> {
      String name = grant.fields().getOrDefault("name", TOKEN);
      String token = token(link.path(), grant, mac);
      return link.with(link.path(), Query.with(link.query(), name + "=" + token));
    };
  }

  private String token(CanonicalPath path, Grant grant, Hmac mac) {
    check(grant);
    boolean escape = grant.fields().getOrDefault("escape", "").equals("early");
    List<String> fields = new ArrayList<>();
    grant.address().ifPresent(ip -> fields.add("ip=" + escaped(ip.text(), escape)));
    grant.notBefore().ifPresent(start -> fields.add("st=" + start.getEpochSecond()));
    fields.add("exp=" + grant.expiry().getEpochSecond());
    String acl = acl(path, grant, escape);
    for (String name : List.of("acl", "id", "data")) {
      String value = name.equals("acl") ? acl : grant.fields().get(name);
      if (value != null) {
        fields.add(name + "=" + escaped(value, escape));
      }
    }
    String signed = String.join("~", fields);
    String url = acl == null ? escaped(path.encoded(), escape) : null;
    byte[] computed = new byte[macBytes];
    compute(mac, signed, url, grant.fields().getOrDefault("salt", ""), computed);
    return signed + "~hmac=" + Hex.encode(computed, macBytes);
  }

  private static void check(Grant grant) {
    if (!FIELDS.containsAll(grant.fields().keySet())) {
      throw new IllegalArgumentException("the fields are " + FIELDS);
    }
    if (grant.isBoundToNetwork()) {
      throw new IllegalArgumentException("the scheme binds links to single addresses");
    }
    if (grant.scope() == Scope.DIRECTORY) {
      throw new IllegalArgumentException("the scheme cannot leave out sub-directories");
    }
    if (grant.fields().values().stream().anyMatch(v -> !v.matches("[!-}&&[^&#%+]]*"))) {
      throw new IllegalArgumentException("a field is visible ASCII without & # % + ~");
    }
  }

  private static @Nullable String acl(CanonicalPath path, Grant grant, boolean escape) {
    String acl = grant.fields().get("acl");
    if (acl != null || grant.scope() != Scope.TREE) {
      return acl;
    }
    CanonicalPath directory = path.directory();
    if (PATTERN_CHARACTERS.matcher(directory.decoded()).find()) {
      throw new IllegalArgumentException(
          "the directory " + directory + " has a character that means something in a pattern");
    }
    return (escape ? directory.decoded() : directory.encoded()) + "*";
  }

  private static String escaped(String value, boolean escape) {
    return escape ? Percent.encode(value, HEX) : value;
  }

  private static void compute(
      Hmac mac, String signed, @Nullable String url, String salt, byte[] computed) {
    String input =
        signed + (url == null ? "" : "~url=" + url) + (salt.isEmpty() ? "" : "~salt=" + salt);
    byte[] bytes = input.getBytes(UTF_8);
    mac.compute(bytes, 0, bytes.length, computed);
  }

  private Hmac mac(Key key) {
    return new Hmac(algorithm, key.hexDecoded());
  }

  private record Candidate(Key key, Hmac mac) {}

  @Override
  public Verifier verifier(List<Key> keys, Rules rules) {
    List<Candidate> candidates = keys.stream().map(key -> new Candidate(key, mac(key))).toList();
    return (link, workspace, client, now) -> verify(link, client, candidates, rules, now);
  }

  private Verdict verify(
      Link link,
      @Nullable ClientAddress client,
      List<Candidate> candidates,
      Rules rules,
      Instant now) {
    Parameter parameter = Parameter.oneOf(link, TOKEN, SEGMENTED);
    if (parameter.value() == null) {
      return new Denied(parameter.problem());
    }
    AkamaiToken token = AkamaiToken.read(parameter.value());
    byte[] given = new byte[macBytes];
    if (token == null || !isReadable(token, given)) {
      return new Denied(Reason.MALFORMED);
    }
    for (Candidate candidate : candidates) {
      if (isSigned(token, link.path(), candidate.mac, rules.salt(), given)) {
        return judge(token, link.path(), client, candidate.key, rules, now);
      }
    }
    return new Denied(Reason.BAD_SIGNATURE);
  }

  /** Returns whether MAC and times can be read; the MAC is in {@code given} then. */
  private boolean isReadable(AkamaiToken token, byte[] given) {
    return Hex.decode(token.mac(), given) == macBytes
        && token.expirySeconds() != TimeText.NONE
        && token.startSeconds() != TimeText.NONE;
  }

  private boolean isSigned(
      AkamaiToken token, CanonicalPath path, Hmac mac, String salt, byte[] given) {
    byte[] computed = new byte[macBytes];
    if (token.hasAcl()) {
      compute(mac, token.signed(), null, salt, computed);
      return Bytes.same(given, computed, macBytes);
    }
    // The token does not say whether its path was escaped early.
    compute(mac, token.signed(), path.encoded(), salt, computed);
    boolean plain = Bytes.same(given, computed, macBytes);
    compute(mac, token.signed(), escaped(path.encoded(), true), salt, computed);
    boolean early = Bytes.same(given, computed, macBytes);
    return plain || early;
  }

  private static Verdict judge(
      AkamaiToken token,
      CanonicalPath path,
      @Nullable ClientAddress client,
      Key key,
      Rules rules,
      Instant now) {
    Scope scope = token.hasAcl() ? Scope.PATTERN : Scope.EXACT;
    if (rules.excludes(scope) || !token.opens(path)) {
      return new Denied(Reason.OUT_OF_SCOPE);
    }
    String ip = token.ip();
    boolean opensTo = ip == null ? !rules.bindIp() : client != null && client.isWritten(ip);
    if (!opensTo) {
      return new Denied(Reason.WRONG_ADDRESS);
    }
    return rules.judge(key, scope, token.startSeconds(), token.expirySeconds(), now);
  }
}
