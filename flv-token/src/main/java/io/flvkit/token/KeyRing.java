package io.flvkit.token;

import io.flvkit.token.internal.Key;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of a scheme, newest first: the first one signs, each one verifies. A key is retired by
 * making a ring without it. Immutable but for {@link #wipe()}; safe for any number of threads.
 */
public final class KeyRing {
  /** The most keys of one ring; schemes without key ids try them all. */
  public static final int MAX_KEYS = 16;

  /** The longest key id, in printable ASCII characters. */
  public static final int MAX_ID_CHARS = 64;

  private final List<Key> keys;

  private KeyRing(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Returns a ring of one key. */
  public static KeyRing of(String id, Secret secret) {
    return builder().add(id, secret).build();
  }

  /** Starts a ring of several keys. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the ids, newest first. */
  public List<String> ids() {
    return keys.stream().map(Key::id).toList();
  }

  /**
   * Overwrites the secrets of this ring, as far as the JVM lets us. Afterwards its signers throw
   * {@link IllegalStateException} and its verifiers deny everything.
   */
  public void wipe() {
    keys.forEach(Key::wipe);
  }

  List<Key> keys() {
    return keys;
  }

  /** Shows the ids only. */
  @Override
  public String toString() {
    return "KeyRing" + ids();
  }

  /** Collects keys, newest first. Confined to one thread. */
  public static final class Builder {
    private final List<Key> keys = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a key that is older than those before it. Throws {@link IllegalArgumentException} if the
     * id is empty, too long, not printable ASCII or already there, or the ring is full.
     */
    public Builder add(String id, Secret secret) {
      if (!id.matches("[ -~]{1," + MAX_ID_CHARS + "}")) {
        throw new IllegalArgumentException(
            "a key id is 1 to " + MAX_ID_CHARS + " printable ASCII characters");
      }
      if (keys.stream().anyMatch(key -> key.id().equals(id))) {
        throw new IllegalArgumentException("two keys with the id " + id);
      }
      if (keys.size() == MAX_KEYS) {
        throw new IllegalArgumentException("more than " + MAX_KEYS + " keys");
      }
      keys.add(new Key(id, secret.bytes().clone(), secret.isText()));
      return this;
    }

    /** Returns the ring. Throws {@link IllegalArgumentException} if it has no key. */
    public KeyRing build() {
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("a key ring needs a key");
      }
      return new KeyRing(keys);
    }
  }
}
