package io.flvkit.codec;

/** Four-character codec codes of Enhanced RTMP as 32-bit numbers, first character highest. */
public final class FourCc {
  /** H.264. */
  public static final int AVC1 = 0x61766331;

  /** H.265. */
  public static final int HVC1 = 0x68766331;

  /** H.266. */
  public static final int VVC1 = 0x76766331;

  /** AV1. */
  public static final int AV01 = 0x61763031;

  /** VP8. */
  public static final int VP08 = 0x76703038;

  /** VP9. */
  public static final int VP09 = 0x76703039;

  /** AAC. */
  public static final int MP4A = 0x6D703461;

  /** Opus. */
  public static final int OPUS = 0x4F707573;

  /** FLAC. */
  public static final int FLAC = 0x664C6143;

  /** Dolby Digital. */
  public static final int AC_3 = 0x61632D33;

  /** Dolby Digital Plus. */
  public static final int EC_3 = 0x65632D33;

  /** MP3. */
  public static final int MP3 = 0x2E6D7033;

  private FourCc() {}

  /**
   * The code of four ASCII characters.
   *
   * @throws IllegalArgumentException if the text is not four characters of 0x20..0x7E
   */
  public static int of(String text) {
    if (text.length() != 4 || !text.chars().allMatch(c -> c >= 0x20 && c <= 0x7E)) {
      throw new IllegalArgumentException("not a FourCC: " + text);
    }
    return text.charAt(0) << 24 | text.charAt(1) << 16 | text.charAt(2) << 8 | text.charAt(3);
  }

  /** The four characters; bytes that are not printable ASCII become '?'. */
  public static String text(int fourCc) {
    char[] text = new char[4];
    for (int i = 0; i < 4; i++) {
      int c = fourCc >>> (24 - 8 * i) & 0xFF;
      text[i] = c >= 0x20 && c <= 0x7E ? (char) c : '?';
    }
    return new String(text);
  }

  /** Whether an AVC-like codec carries a composition time in its CodedFrames packets. */
  static boolean hasCompositionTime(int fourCc) {
    return fourCc == AVC1 || fourCc == HVC1 || fourCc == VVC1;
  }
}
