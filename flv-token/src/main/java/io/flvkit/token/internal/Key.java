package io.flvkit.token.internal;

import java.util.Arrays;

/** One key of a ring. Safe for any number of threads. */
public final class Key {
  private final String id;
  private final byte[] secret;
  private final boolean text;
  private volatile boolean wiped;

  /** Owns {@code secret} from now on; {@code text} says that it is text as its owner wrote it. */
  public Key(String id, byte[] secret, boolean text) {
    this.id = id;
    this.secret = secret;
    this.text = text;
  }

  /** Returns the id that tokens may carry. */
  public String id() {
    return id;
  }

  /** Returns the secret itself, not a copy. */
  public byte[] secret() {
    return secret;
  }

  /** Returns whether the secret is text that a scheme may have to decode. */
  public boolean isText() {
    return text;
  }

  /** Returns whether {@link #wipe()} has begun: what such a key proves is worth nothing. */
  public boolean isWiped() {
    return wiped;
  }

  /** Overwrites the secret. */
  public void wipe() {
    wiped = true;
    Arrays.fill(secret, (byte) 0);
  }
}
