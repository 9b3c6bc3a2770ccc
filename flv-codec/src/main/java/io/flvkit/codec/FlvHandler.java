package io.flvkit.codec;

/** Receives what a parser finds, in the order of the input, on the thread that parses. */
public interface FlvHandler {
  /** Called once, before the first tag. */
  default void onHeader(FlvHeader header) {}

  /**
   * Called for every complete tag, unknown types included.
   *
   * @param tag a reused view, valid only during the call; {@link FlvTag#copy()} makes one to keep
   */
  void onTag(FlvTag tag);

  /** Called for what is wrong but does not stop the reading, such as a wrong PreviousTagSize. */
  default void onProblem(FlvProblem problem) {}
}
