package io.flvkit.edge.simulation;

/** What must hold at every moment did not. An error, so that no code under test may swallow it. */
public final class BrokenRule extends AssertionError {
  private static final long serialVersionUID = 1L;

  BrokenRule(String rule) {
    super(rule);
  }

  BrokenRule(String rule, Throwable cause) {
    super(rule, cause);
  }
}
