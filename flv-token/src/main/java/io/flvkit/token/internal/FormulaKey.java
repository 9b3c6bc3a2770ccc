package io.flvkit.token.internal;

import io.flvkit.token.LinkFormula.Hash;
import org.jspecify.annotations.Nullable;

/** A key as a formula uses it: part of what is hashed, or the key of a MAC. */
record FormulaKey(Key key, @Nullable Hmac mac) {

  static FormulaKey of(Key key, Hash hash) {
    boolean keyed = hash == Hash.HMAC_SHA_1 || hash == Hash.HMAC_SHA_256;
    return new FormulaKey(key, keyed ? new Hmac(hash.algorithm(), key.secret()) : null);
  }

  /** Writes the hash of the workspace's input into its {@code computed} and wipes the input. */
  void compute(Workspace workspace, Hash hash) {
    if (mac != null) {
      mac.compute(workspace.input(), 0, workspace.count(), workspace.computed);
      workspace.wipe();
    } else {
      workspace.digest(hash);
    }
  }
}
