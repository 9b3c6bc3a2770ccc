package io.flvkit.token.internal;

import io.flvkit.token.ClientAddress;
import io.flvkit.token.Link;
import io.flvkit.token.Verdict.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a Common Access Token (CTA-5007), by label. Whatever restricts a token in a way
 * that cannot be checked here makes it useless: countries, headers, one-time use, proofs of
 * possession, and every claim that is not known.
 */
final class CatClaims {
  static final long ISS = 1;
  static final long SUB = 2;
  static final long EXP = 4;
  static final long NBF = 5;
  static final long CATREPLAY = 308;
  static final long CATV = 310;
  static final long CATNIP = 311;
  static final long CATU = 312;
  static final long CATM = 313;
  static final long IPV4_TAG = 52;
  static final long IPV6_TAG = 54;

  private static final long AUD = 3;
  private static final long IAT = 6;
  private static final long CTI = 7;
  private static final long CATIFDATA = 320;
  private static final long CATIF = 322;
  private static final long CATR = 323;
  private static final Set<Object> KNOWN =
      Set.of(
          ISS, SUB, AUD, EXP, NBF, IAT, CTI, CATREPLAY, CATV, CATNIP, CATU, CATM, CATIFDATA, CATIF,
          CATR);

  private final Map<?, ?> claims;

  CatClaims(Map<?, ?> claims) {
    this.claims = claims;
  }

  /** Returns why these claims do not open {@code link}, times apart; null if they do. */
  @Nullable Reason problem(Link link, @Nullable ClientAddress client, boolean bindIp) {
    boolean readable =
        KNOWN.containsAll(claims.keySet())
            && isOrAbsent(CATV, 1L)
            && isOrAbsent(CATREPLAY, 0L)
            && isTimeOrAbsent(EXP)
            && isTimeOrAbsent(NBF);
    if (!readable) {
      return Reason.MALFORMED;
    }
    boolean inScope =
        !claims.containsKey(AUD)
            && (!claims.containsKey(CATM) || mayGet(claims.get(CATM)))
            && (!claims.containsKey(CATU) || CatUri.matches(claims.get(CATU), link));
    if (!inScope) {
      return Reason.OUT_OF_SCOPE;
    }
    boolean opensTo =
        claims.containsKey(CATNIP) ? client != null && holds(claims.get(CATNIP), client) : !bindIp;
    return opensTo ? null : Reason.WRONG_ADDRESS;
  }

  private boolean isOrAbsent(long label, Long value) {
    return !claims.containsKey(label) || value.equals(claims.get(label));
  }

  /** This is a verifier of downloads: GET, and HEAD with it. */
  private static boolean mayGet(@Nullable Object methods) {
    return methods instanceof List<?> list && list.contains("GET");
  }

  private static boolean holds(@Nullable Object networks, ClientAddress client) {
    return networks instanceof List<?> list
        && list.stream()
            .anyMatch(network -> network instanceof Cbor.Tagged tagged && holds(tagged, client));
  }

  /**
   * An address is bytes, a prefix is bits and bytes, whose zeros at the end may be cut (RFC 9164).
   */
  private static boolean holds(Cbor.Tagged network, ClientAddress client) {
    int bits = client.bits();
    if (network.tag() != (bits == 32 ? IPV4_TAG : IPV6_TAG)) {
      return false;
    }
    if (network.value() instanceof byte[] address) {
      return address.length == bits / 8
          && Network.holds(address, 0, bits / 8, bits, client.octets());
    }
    return network.value() instanceof List<?> prefix
        && prefix.size() == 2
        && prefix.get(0) instanceof Long length
        && prefix.get(1) instanceof byte[] start
        && length >= 0
        && length <= bits
        && start.length <= bits / 8
        && Network.holds(
            java.util.Arrays.copyOf(start, bits / 8),
            0,
            bits / 8,
            length.intValue(),
            client.octets());
  }

  private boolean isTimeOrAbsent(long label) {
    Object value = claims.get(label);
    return value == null
        || (value instanceof Long time && time >= 0 && time <= Rules.MAX_SECONDS)
        || (value instanceof Double fraction && fraction >= 0 && fraction <= Rules.MAX_SECONDS);
  }

  /** Returns the end in Unix seconds, the last second there is if there is no end. */
  long expirySeconds() {
    return claims.get(EXP) instanceof Number time ? time.longValue() : Rules.MAX_SECONDS;
  }

  /** Returns the start in Unix seconds or {@link Rules#NO_START}. */
  long startSeconds() {
    return claims.get(NBF) instanceof Number time ? time.longValue() : Rules.NO_START;
  }
}
