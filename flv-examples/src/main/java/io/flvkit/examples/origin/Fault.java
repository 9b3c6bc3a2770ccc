package io.flvkit.examples.origin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an origin can be told to do wrong with one of its live streams. */
public enum Fault {
  /** New viewers get a 503. Stands until {@link #NONE}. */
  STATUS_503(true),
  /** New viewers get a TCP reset once their request has been read. Stands until {@link #NONE}. */
  RESET(true),
  /** Connections stay, bytes stop; new viewers get the head only. Stands until {@link #NONE}. */
  STALL(true),
  /** Every viewer is cut off in the middle of the next tag. Acts once. */
  CUT(false),
  /** Every timestamp from now on is shifted. Acts once. */
  TIMESTAMP_JUMP(false),
  /** Ends a fault that stands. */
  NONE(true);

  private final boolean stands;

  Fault(boolean stands) {
    this.stands = stands;
  }

  /** Whether it holds until {@link #NONE}, rather than acting once on a running stream. */
  public boolean stands() {
    return stands;
  }

  /** The word for it in a request, such as {@code timestamp-jump}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Fault> ofWord(String word) {
    return Arrays.stream(values()).filter(fault -> fault.word().equals(word)).findFirst();
  }
}
