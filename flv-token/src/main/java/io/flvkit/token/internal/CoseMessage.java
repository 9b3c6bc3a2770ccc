package io.flvkit.token.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A COSE_Mac0 or COSE_Sign1 (RFC 9052), with or without the tag of a CWT (RFC 8392) around it. */
final class CoseMessage {
  static final long CWT_TAG = 61;
  static final long MAC0_TAG = 17;
  static final long SIGN1_TAG = 18;
  static final long HS256 = 5;
  static final long ES256 = -7;

  private static final Long ALG = 1L;
  private static final Long CRIT = 2L;
  private static final Long KID = 4L;

  private final boolean mac;
  private final byte[] protectedBytes;
  private final Map<?, ?> protectedHeaders;
  private final byte @Nullable [] keyId;
  private final byte[] payload;
  private final byte[] proof;

  private CoseMessage(
      boolean mac,
      byte[] protectedBytes,
      Map<?, ?> protectedHeaders,
      byte @Nullable [] keyId,
      byte[] payload,
      byte[] proof) {
    this.mac = mac;
    this.protectedBytes = protectedBytes;
    this.protectedHeaders = protectedHeaders;
    this.keyId = keyId;
    this.payload = payload;
    this.proof = proof;
  }

  /** Returns null if the bytes are no such message. */
  static @Nullable CoseMessage read(byte[] bytes) {
    Object item = Cbor.read(bytes);
    if (item instanceof Cbor.Tagged cwt && cwt.tag() == CWT_TAG) {
      item = cwt.value();
    }
    if (!(item instanceof Cbor.Tagged cose)) {
      return null;
    }
    boolean mac = cose.tag() == MAC0_TAG;
    return (mac || cose.tag() == SIGN1_TAG) && cose.value() instanceof List<?> parts
        ? of(mac, parts)
        : null;
  }

  private static @Nullable CoseMessage of(boolean mac, List<?> parts) {
    boolean shaped =
        parts.size() == 4
            && parts.get(0) instanceof byte[]
            && parts.get(1) instanceof Map
            && parts.get(2) instanceof byte[]
            && parts.get(3) instanceof byte[];
    if (!shaped) {
      return null;
    }
    byte[] protectedBytes = (byte[]) parts.get(0);
    Object protectedHeaders = protectedBytes.length == 0 ? Map.of() : Cbor.read(protectedBytes);
    Map<?, ?> headers = (Map<?, ?>) parts.get(1);
    if (!(protectedHeaders instanceof Map<?, ?> map) || !areUnderstood(map, headers)) {
      return null;
    }
    byte[] keyId = (byte[]) (map.containsKey(KID) ? map.get(KID) : headers.get(KID));
    return new CoseMessage(
        mac, protectedBytes, map, keyId, (byte[]) parts.get(2), (byte[]) parts.get(3));
  }

  /**
   * Nobody signs the outer headers: all that may be in them is the id of a key, or one token would
   * have many spellings.
   */
  private static boolean areUnderstood(Map<?, ?> inner, Map<?, ?> outer) {
    return !inner.containsKey(CRIT)
        && isIdOrAbsent(inner)
        && isIdOrAbsent(outer)
        && Set.of(KID).containsAll(outer.keySet());
  }

  private static boolean isIdOrAbsent(Map<?, ?> headers) {
    return !headers.containsKey(KID) || headers.get(KID) instanceof byte[];
  }

  /** Returns whether the message says that it was made with a key of this kind. */
  boolean fits(boolean symmetric) {
    Long expected = symmetric ? HS256 : ES256;
    return mac == symmetric && expected.equals(protectedHeaders.get(ALG));
  }

  /** Returns the key id as bytes, or null. */
  byte @Nullable [] keyId() {
    return keyId;
  }

  byte[] payload() {
    return payload;
  }

  byte[] proof() {
    return proof;
  }

  /** Returns what the proof is over. */
  byte[] signed() {
    return signed(mac, protectedBytes, payload);
  }

  private static byte[] signed(boolean mac, byte[] protectedBytes, byte[] payload) {
    String context = mac ? "MAC0" : "Signature1";
    return CborWriter.write(List.of(context, protectedBytes, new byte[0], payload));
  }

  /** Returns a message with its tags. */
  static byte[] write(JoseKey key, byte[] keyId, byte[] payload) {
    boolean mac = key.isSymmetric();
    byte[] protectedBytes = CborWriter.write(Map.of(ALG, mac ? HS256 : ES256));
    byte[] proof = key.sign(signed(mac, protectedBytes, payload));
    List<Object> parts = List.of(protectedBytes, Map.of(KID, keyId), payload, proof);
    return CborWriter.write(
        new Cbor.Tagged(CWT_TAG, new Cbor.Tagged(mac ? MAC0_TAG : SIGN1_TAG, parts)));
  }
}
