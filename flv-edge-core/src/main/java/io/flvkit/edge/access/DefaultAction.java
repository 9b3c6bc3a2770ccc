package io.flvkit.edge.access;

/** What a rule does with everybody who is not among its exceptions. */
public enum DefaultAction {
  /** Everybody but the exceptions. */
  ALLOW,
  /** Nobody but the exceptions. */
  DENY;

  /** Whether a request may go on that is an exception, or is none. */
  boolean allows(boolean isException) {
    return (this == ALLOW) != isException;
  }
}
