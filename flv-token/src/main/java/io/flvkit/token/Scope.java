package io.flvkit.token;

/** What one token opens. */
public enum Scope {
  /** Exactly the signed path. */
  EXACT,
  /** The files directly in the signed directory, not those of its sub-directories. */
  DIRECTORY,
  /** Everything below the signed directory. */
  TREE,
  /** What the patterns in the token itself match. */
  PATTERN
}
