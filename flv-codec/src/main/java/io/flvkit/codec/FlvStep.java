package io.flvkit.codec;

/**
 * One step of a {@link FlvPipeline}: passes tags on, changes, drops or adds some. May keep state;
 * confined to the thread of its pipeline.
 */
public interface FlvStep {
  /** What the file header has to say behind this step. */
  default FlvHeader header(FlvHeader header) {
    return header;
  }

  /**
   * Takes one tag and hands to {@code next} what is to follow, during the call.
   *
   * @param tag valid only during the call
   */
  void tag(FlvTag tag, FlvHandler next);

  /** Hears that the stream begins anew, behind a further file header. */
  default void restart() {}
}
