package io.flvkit.codec;

/** What a tag carries, the same for legacy and enhanced headers. */
public enum PacketKind {
  /** Decoder configuration: AVCPacketType 0, AACPacketType 0, SequenceStart in all its forms. */
  SEQUENCE_START,
  /** A coded picture or sound. */
  CODED_FRAMES,
  /** The end of a sequence: AVCPacketType 2, SequenceEnd. */
  SEQUENCE_END,
  /** Enhanced video metadata, today only "colorInfo" (HDR). */
  VIDEO_METADATA,
  /** Enhanced audio channel layout. */
  MULTICHANNEL_CONFIG,
  /** A video command (frame type 5): seek preroll start or end. No codec. */
  COMMAND,
  /** A tag without body; in audio the silence message of Enhanced RTMP. */
  EMPTY,
  /** Script data, AMF0 or AMF3. */
  SCRIPT,
  /** A tag type, packet type or broken header that is passed on but not understood. */
  UNKNOWN
}
