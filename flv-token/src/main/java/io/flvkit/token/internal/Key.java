package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** One key of a ring. Safe for any number of threads. */
public final class Key {
  private final String id;
  private final byte[] idBytes;
  private final byte[] secret;
  private final boolean text;
  private volatile boolean wiped;

  /** Owns {@code secret} from now on; {@code text} says that it is text as its owner wrote it. */
  public Key(String id, byte[] secret, boolean text) {
    this.id = id;
    this.idBytes = id.getBytes(US_ASCII);
    this.secret = secret;
    this.text = text;
  }

  /** Returns the id that tokens may carry. */
  public String id() {
    return id;
  }

  /** Returns whether the id is the {@code count} ASCII characters from {@code start} on. */
  boolean isNamed(byte[] text, int start, int count) {
    return Arrays.equals(idBytes, 0, idBytes.length, text, start, start + count);
  }

  /** Returns the secret itself, not a copy. */
  public byte[] secret() {
    return secret;
  }

  /** Returns whether the secret is text that a scheme may have to decode. */
  public boolean isText() {
    return text;
  }

  /**
   * Returns what the secret's hexadecimal digits say, if it is text, else the secret itself. Throws
   * {@link IllegalArgumentException} if text is no pairs of digits.
   */
  byte[] hexDecoded() {
    if (!text) {
      return secret;
    }
    byte[] decoded = new byte[secret.length / 2];
    if (Hex.decode(new String(secret, US_ASCII), decoded) < 0) {
      throw new IllegalArgumentException("the key " + id + " is no pairs of hexadecimal digits");
    }
    return decoded;
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
