package io.flvkit.buffer;

/** One step of a story that a window and its model live through together. */
sealed interface WindowOperation {
  /** {@code clockStepMillis} may be negative; {@code pieces} is how the bytes are handed over. */
  record Append(int bytes, int clockStepMillis, boolean isJoinPoint, int pieces)
      implements WindowOperation {}

  /** A claim of which nothing comes. */
  record Abandon(int bytes) implements WindowOperation {}

  record Publish() implements WindowOperation {}

  /** {@code reader} joins; the others stay. */
  record Join(int reader, JoinAt at) implements WindowOperation {}

  /** The reader takes a run and uses {@code percent} of it; it may keep the memory held. */
  record Read(int reader, int maxBytes, int percent, boolean keepsHold)
      implements WindowOperation {}

  /** The reader gives up everything it holds. */
  record Release(int reader) implements WindowOperation {}

  record Close() implements WindowOperation {}

  record Discard() implements WindowOperation {}
}
