package io.flvkit.codec;

/** Tag types, the low five bits of a tag's first byte. */
public final class TagType {
  /** Sound (E.4.2). */
  public static final int AUDIO = 8;

  /** Pictures (E.4.3). */
  public static final int VIDEO = 9;

  /** Script data that begins with a format byte and may switch to AMF3 (Enhanced RTMP). */
  public static final int SCRIPT_AMF3 = 15;

  /** Script data in AMF0 (E.4.4). */
  public static final int SCRIPT = 18;

  private TagType() {}

  /** Whether a delivery edge knows the type: audio, video or script data. */
  public static boolean isKnown(int type) {
    return type == AUDIO || type == VIDEO || type == SCRIPT || type == SCRIPT_AMF3;
  }
}
