package io.flvkit.codec;

/**
 * The FLV file header (Adobe FLV 10.1, E.2).
 *
 * @param hasAudio flag bit 2: the writer announces audio tags
 * @param hasVideo flag bit 0: the writer announces video tags
 */
public record FlvHeader(boolean hasAudio, boolean hasVideo) {
  /** Size of the header that this library writes, without PreviousTagSize0. */
  public static final int BYTES = 9;
}
