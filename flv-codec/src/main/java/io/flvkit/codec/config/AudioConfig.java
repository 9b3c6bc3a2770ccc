package io.flvkit.codec.config;

/**
 * Configuration of an audio decoder.
 *
 * @param codec short name, such as "mp4a"
 * @param profile AAC object type (2 is LC, 5 HE-AAC, 29 HE-AAC v2), 0 for codecs without profiles
 * @param sampleRate in Hz; of AAC with signalled SBR the rate after SBR
 * @param channels number of channels, 0 if the record does not say
 */
public record AudioConfig(String codec, int profile, int sampleRate, int channels)
    implements DecoderConfig {}
