package io.flvkit.token.internal;

/** What makes a tuple of ours trustworthy. */
interface Proof {
  /** Returns the byte that names the algorithm in the tuple. */
  byte code();

  /** Returns the name for people. */
  String name();

  /** Returns the length of a signature. */
  int bytes();

  /** Throws {@link IllegalArgumentException} if the key cannot sign. */
  Signing signing(Key key);

  /** Throws {@link IllegalArgumentException} if the key cannot verify. */
  Checking checking(Key key);

  /** Signs with one key. */
  interface Signing {
    /** Returns the signature over {@code message}. */
    byte[] sign(byte[] message);
  }

  /** Checks against one key. */
  interface Checking {
    /** Returns whether the signature that follows the first {@code count} bytes is theirs. */
    boolean proves(byte[] signed, int count, Workspace workspace);
  }
}
