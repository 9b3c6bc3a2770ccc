package io.flvkit.codec.config;

/**
 * Configuration of a video decoder.
 *
 * @param codec short name, such as "avc1"
 * @param profile number of the profile in the codec's own terms
 * @param level number of the level in the codec's own terms: 31 is H.264 level 3.1, 93 HEVC level
 *     3.1
 * @param width of the picture in pixels, 0 if the record does not say
 * @param height of the picture in pixels, 0 if the record does not say
 * @param bitDepth bits per luma sample, 0 if the record does not say
 */
public record VideoConfig(String codec, int profile, int level, int width, int height, int bitDepth)
    implements DecoderConfig {}
