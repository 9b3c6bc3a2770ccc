package io.flvkit.token.internal;

import io.flvkit.token.LinkFormula.Hash;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What one thread needs to compute and compare signatures without allocating: an input buffer, the
 * JDK's digests, room for two signatures. A buffer holds secrets only between {@link #begin} and
 * {@link #wipe}.
 */
public final class Workspace {
  private static final ThreadLocal<Workspace> OF_THREAD = ThreadLocal.withInitial(Workspace::new);

  /** The longest signature: Ed25519 and ECDSA with P-256. */
  private static final int MAX_SIGNATURE_BYTES = 64;

  static final int FIELDS_MAX = 8;

  final byte[] given = new byte[MAX_SIGNATURE_BYTES];
  final byte[] computed = new byte[MAX_SIGNATURE_BYTES];
  final long[] found = new long[FIELDS_MAX];
  final int[] starts = new int[FIELDS_MAX];
  final int[] ends = new int[FIELDS_MAX];

  private final MessageDigest md5 = newDigest(Hash.MD5);
  private final MessageDigest sha256 = newDigest(Hash.SHA_256);
  private String written = "";
  private char[] text = new char[256];
  private byte[] token = new byte[256];
  private byte[] input = new byte[256];
  private int count;

  private Workspace() {}

  /** Returns the one of this thread, its input empty. */
  public static Workspace begin() {
    Workspace workspace = OF_THREAD.get();
    workspace.wipe(); // a path that was only looked at may be left
    return workspace;
  }

  private static MessageDigest newDigest(Hash hash) {
    try {
      return MessageDigest.getInstance(hash.algorithm());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks " + hash, e);
    }
  }

  /** Takes the text in which the places of {@link #starts} and {@link #ends} are. */
  @SuppressWarnings("ReferenceEquality") // the same string again, while one link is looked at
  public char[] read(String link) {
    if (link != written) {
      int chars = link.length();
      if (text.length < chars) {
        text = new char[2 * chars];
      }
      // Once through the string here, and an array to look at: its characters are checked for their
      // width one by one otherwise.
      link.getChars(0, chars, text, 0);
      written = link;
    }
    return text;
  }

  /** Returns the text of the last {@link #read}; what follows it means nothing. */
  char[] text() {
    return text;
  }

  /** Returns an array of at least {@code bytes} bytes for a decoded token. */
  byte[] token(int bytes) {
    if (token.length < bytes) {
      token = new byte[2 * bytes];
    }
    return token;
  }

  void add(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, input, count, bytes.length);
    count += bytes.length;
  }

  /**
   * Adds the characters of the text from {@code start} to {@code end}. One that is not ASCII, which
   * no signer writes, becomes a byte that no other text has.
   */
  void addText(int start, int end) {
    reserve(end - start);
    for (int i = start; i < end; i++) {
      input[count++] = (byte) (text[i] < 128 ? text[i] : 0xFF);
    }
  }

  /** As {@link #addText} for what is known to be ASCII, all at once. */
  @SuppressWarnings("deprecation") // it drops the upper halves of characters, here none
  void addAscii(int start, int end) {
    reserve(end - start);
    written.getBytes(start, end, input, count);
    count += end - start;
  }

  private void reserve(int more) {
    if (input.length - count < more) {
      byte[] larger = Arrays.copyOf(input, 2 * (count + more));
      Arrays.fill(input, 0, count, (byte) 0);
      input = larger;
    }
  }

  /** Writes the hash of the input into {@link #computed} and wipes the input. */
  void digest(Hash hash) {
    MessageDigest digest = hash == Hash.MD5 ? md5 : sha256;
    try {
      digest.update(input, 0, count);
      digest.digest(computed, 0, hash.bytes());
    } catch (DigestException e) {
      throw new IllegalStateException("the signature buffer is too small", e);
    } finally {
      wipe();
    }
  }

  byte[] input() {
    return input;
  }

  int count() {
    return count;
  }

  /** Forgets the input. */
  void wipe() {
    Arrays.fill(input, 0, count, (byte) 0);
    count = 0;
  }
}
