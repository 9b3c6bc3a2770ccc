package io.flvkit.codec;

/**
 * Codec numbers of legacy headers: SoundFormat of audio (E.4.2) and CodecID of video (E.4.3), with
 * the de-facto numbers in use.
 */
public final class LegacyCodec {
  /** Audio: PCM in the byte order of the writer, in practice little endian. */
  public static final int PCM_NATIVE = 0;

  /** Audio: ADPCM as in SWF. */
  public static final int ADPCM = 1;

  /** Audio: MP3. */
  public static final int MP3 = 2;

  /** Audio: PCM, little endian. */
  public static final int PCM_LITTLE_ENDIAN = 3;

  /** Audio: Nellymoser, 16 kHz mono. */
  public static final int NELLYMOSER_16K = 4;

  /** Audio: Nellymoser, 8 kHz mono. */
  public static final int NELLYMOSER_8K = 5;

  /** Audio: Nellymoser. */
  public static final int NELLYMOSER = 6;

  /** Audio: G.711 A-law. */
  public static final int A_LAW = 7;

  /** Audio: G.711 mu-law. */
  public static final int MU_LAW = 8;

  /** Audio: not a codec but the mark of an enhanced header. */
  public static final int AUDIO_EX_HEADER = 9;

  /** Audio: AAC. */
  public static final int AAC = 10;

  /** Audio: Speex. */
  public static final int SPEEX = 11;

  /** Audio, de facto: Opus. */
  public static final int OPUS = 13;

  /** Audio: MP3 at 8 kHz. */
  public static final int MP3_8K = 14;

  /** Audio: sound of the device. */
  public static final int DEVICE = 15;

  /** Video: JPEG. */
  public static final int JPEG = 1;

  /** Video: Sorenson H.263. */
  public static final int SORENSON_H263 = 2;

  /** Video: Screen video. */
  public static final int SCREEN = 3;

  /** Video: On2 VP6. */
  public static final int VP6 = 4;

  /** Video: On2 VP6 with alpha channel. */
  public static final int VP6_ALPHA = 5;

  /** Video: Screen video version 2. */
  public static final int SCREEN_2 = 6;

  /** Video: H.264. */
  public static final int AVC = 7;

  /** Video, de facto: H.263. */
  public static final int H263 = 8;

  /** Video, de facto: MPEG-4 part 2. */
  public static final int MPEG4 = 9;

  /** Video, de facto: H.265. */
  public static final int HEVC = 12;

  /** Video, de facto: AV1. */
  public static final int AV1 = 13;

  private LegacyCodec() {}
}
