package io.flvkit.codec.config;

import io.flvkit.codec.CodecNames;
import io.flvkit.codec.FlvFormatException;
import io.flvkit.codec.FlvTag;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a sequence header says. Immutable.
 *
 * <pre>{@code
 * if (DecoderConfig.of(tag).orElse(null) instanceof VideoConfig video) {
 *   System.out.println(video.width() + "x" + video.height());
 * }
 * }</pre>
 */
public sealed interface DecoderConfig permits VideoConfig, AudioConfig {
  /** Short name of the codec, see {@link CodecNames}. */
  String codec();

  /**
   * Reads the sequence header in {@code tag}, of the first track in a multitrack tag.
   *
   * @return empty if the tag is none, its codec has no record that is understood, or it is broken
   */
  static Optional<DecoderConfig> of(FlvTag tag) {
    if (!tag.isSequenceHeader() || tag.isFiltered()) {
      return Optional.empty();
    }
    return parse(CodecNames.of(tag), tag.payload());
  }

  /**
   * Reads the configuration record of a codec.
   *
   * @param codec name as in {@link CodecNames}
   * @param record avcC, hvcC, av1C, vpcC, AudioSpecificConfig, OpusHead or FLAC STREAMINFO; its
   *     position stays
   * @return empty if the codec has no record that is understood, or it is broken
   */
  static Optional<DecoderConfig> parse(String codec, ByteBuffer record) {
    try {
      return Optional.ofNullable(
          switch (codec) {
            case "avc1" -> AvcConfig.read(record);
            case "hvc1" -> HevcConfig.read(record);
            case "av01" -> Av1Config.read(record);
            case "vp08", "vp09" -> VpxConfig.read(codec, record);
            case "mp4a" -> AacConfig.read(record);
            case "Opus" -> OpusConfig.read(record);
            case "fLaC" -> FlacConfig.read(record);
            default -> null;
          });
    } catch (FlvFormatException e) {
      return Optional.empty();
    }
  }
}
