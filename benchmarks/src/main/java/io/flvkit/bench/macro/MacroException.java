package io.flvkit.bench.macro;

/** The benchmark cannot go on; the message says at what. */
final class MacroException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MacroException(String message) {
    super(message);
  }
}
