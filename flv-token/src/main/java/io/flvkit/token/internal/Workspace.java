package io.flvkit.token.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What one thread needs to compute and compare signatures without allocating: an input buffer, the
 * JDK's digests, room for two signatures. A buffer holds secrets only between {@link #begin} and
 * {@link #wipe}.
 */
final class Workspace {
  private static final ThreadLocal<Workspace> OF_THREAD = ThreadLocal.withInitial(Workspace::new);
  private static final int MAX_SIGNATURE_BYTES = 64;
  private static final int FIELDS_MAX = 8;

  final byte[] given = new byte[MAX_SIGNATURE_BYTES];
  final byte[] computed = new byte[MAX_SIGNATURE_BYTES];
  final int[] starts = new int[FIELDS_MAX];
  final int[] ends = new int[FIELDS_MAX];

  private final MessageDigest md5 = newDigest("MD5");
  private final MessageDigest sha256 = newDigest("SHA-256");
  private byte[] input = new byte[256];
  private int count;

  private Workspace() {}

  static Workspace begin() {
    Workspace workspace = OF_THREAD.get();
    workspace.count = 0;
    return workspace;
  }

  private static MessageDigest newDigest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks " + algorithm, e);
    }
  }

  void add(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, input, count, bytes.length);
    count += bytes.length;
  }

  /** Adds ASCII characters. */
  void add(String text, int start, int end) {
    reserve(end - start);
    for (int i = start; i < end; i++) {
      input[count++] = (byte) text.charAt(i);
    }
  }

  private void reserve(int more) {
    if (input.length - count < more) {
      byte[] larger = Arrays.copyOf(input, 2 * (count + more));
      Arrays.fill(input, 0, count, (byte) 0);
      input = larger;
    }
  }

  MessageDigest md5() {
    return md5;
  }

  MessageDigest sha256() {
    return sha256;
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
