package io.flvkit.codec;

/** Receives what a parser finds, in the order of the input, on the thread that parses. */
public interface FlvHandler {
  /**
   * Called once, before the first tag. A recovering parser that finds no header makes one without
   * any flag.
   */
  default void onHeader(FlvHeader header) {}

  /**
   * Called for every complete tag, unknown types included.
   *
   * @param tag a reused view, valid only during the call; {@link FlvTag#copy()} makes one to keep
   */
  void onTag(FlvTag tag);

  /**
   * Called by a recovering parser at a further file header, as a reconnected origin sends it: the
   * tags that follow are a new beginning, often with timestamps from 0 on.
   *
   * @param position 0-based byte position of the header in the input
   */
  default void onRestart(FlvHeader header, long position) {}

  /** Called for what is wrong but does not stop the reading, such as a wrong PreviousTagSize. */
  default void onProblem(FlvProblem problem) {}
}
