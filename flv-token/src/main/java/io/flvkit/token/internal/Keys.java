package io.flvkit.token.internal;

import io.flvkit.token.Verdict.Reason;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a token may have been signed with.
 *
 * @param candidates those with the id it names; all, if it names none
 * @param problem why it is denied if none of them proves it
 */
record Keys(List<JoseKey> candidates, Reason problem) {

  /** Chooses from {@code keys} by the {@code kid} of a token, which is null if it has none. */
  static Keys named(List<JoseKey> keys, @Nullable Object kid) {
    if (kid == null) {
      return new Keys(keys, Reason.BAD_SIGNATURE);
    }
    List<JoseKey> named = keys.stream().filter(key -> key.key().id().equals(kid)).toList();
    return new Keys(named, named.isEmpty() ? Reason.UNKNOWN_KEY : Reason.BAD_SIGNATURE);
  }

  /**
   * Returns the key that proves {@code message}, of those whose kind the token's algorithm fits.
   */
  @Nullable JoseKey prover(byte[] message, byte[] signature, Predicate<Boolean> fitsSymmetric) {
    for (JoseKey key : candidates) {
      if (fitsSymmetric.test(key.isSymmetric()) && key.proves(message, signature)) {
        return key;
      }
    }
    return null;
  }
}
