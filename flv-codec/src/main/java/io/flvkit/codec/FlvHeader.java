package io.flvkit.codec;

import io.flvkit.codec.internal.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The FLV file header (Adobe FLV 10.1, E.2).
 *
 * @param version format version, 1 in every file known (Enhanced RTMP does not raise it), 0..255
 * @param flags the whole flag byte: {@link #AUDIO_FLAG}, {@link #VIDEO_FLAG}, other bits reserved
 * @param extension what lies between byte 9 and the data offset, one character 0..255 per byte;
 *     empty in every file known, kept so that a copy is identical
 */
public record FlvHeader(int version, int flags, String extension) {
  /** Size of a header without extension, without PreviousTagSize0. */
  public static final int BYTES = 9;

  /** The first four bytes: "FLV" and version 1. */
  static final int SIGNATURE_AND_VERSION = 0x464C5601;

  /** The flag bit that announces audio tags. */
  public static final int AUDIO_FLAG = 0x04;

  /** The flag bit that announces video tags. */
  public static final int VIDEO_FLAG = 0x01;

  /** Makes a version 1 header of 9 bytes. */
  public FlvHeader(boolean hasAudio, boolean hasVideo) {
    this(1, (hasAudio ? AUDIO_FLAG : 0) | (hasVideo ? VIDEO_FLAG : 0), "");
  }

  /** Checks the ranges. */
  public FlvHeader {
    if (version < 0 || version > 255 || flags < 0 || flags > 255) {
      throw new IllegalArgumentException("version " + version + ", flags " + flags);
    }
    if (!extension.isEmpty() && !extension.chars().allMatch(c -> c <= 255)) {
      throw new IllegalArgumentException("an extension is made of bytes");
    }
  }

  /** Whether the writer announces audio tags. A hint: streams exist whose tags differ. */
  public boolean hasAudio() {
    return (flags & AUDIO_FLAG) != 0;
  }

  /** Whether the writer announces video tags. A hint: streams exist whose tags differ. */
  public boolean hasVideo() {
    return (flags & VIDEO_FLAG) != 0;
  }

  /** Length of the header in bytes: 9 and the extension. */
  public int dataOffset() {
    return BYTES + extension.length();
  }

  /** The same header with other flags: what a filter that drops a track has to announce. */
  public FlvHeader withTracks(boolean hasAudio, boolean hasVideo) {
    int other = flags & ~(AUDIO_FLAG | VIDEO_FLAG);
    int tracks = (hasAudio ? AUDIO_FLAG : 0) | (hasVideo ? VIDEO_FLAG : 0);
    return new FlvHeader(version, other | tracks, extension);
  }

  /**
   * Reads a header from the position of {@code source} and advances it to PreviousTagSize0.
   *
   * @throws FlvFormatException if the signature is not "FLV", or the data offset is below 9 or
   *     beyond {@code maxHeaderBytes}
   * @throws BufferUnderflowException if the header is not complete
   */
  public static FlvHeader read(ByteBuffer source, FlvLimits limits) {
    int start = source.position();
    int dataOffset = checkedDataOffset(source, start, limits);
    if (source.remaining() < dataOffset) {
      throw new BufferUnderflowException();
    }
    source.position(start + dataOffset);
    return of(source, start, dataOffset);
  }

  /** The header of {@code dataOffset} bytes at index {@code start}. */
  static FlvHeader of(ByteBuffer source, int start, int dataOffset) {
    String extension = "";
    if (dataOffset > BYTES) {
      byte[] octets = new byte[dataOffset - BYTES];
      source.get(start + BYTES, octets);
      extension = new String(octets, StandardCharsets.ISO_8859_1);
    }
    return new FlvHeader(Bytes.uint8(source, start + 3), Bytes.uint8(source, start + 4), extension);
  }

  /** The data offset of the 9 bytes at {@code start}. */
  static int checkedDataOffset(ByteBuffer source, int start, FlvLimits limits) {
    if (Bytes.uint24(source, start) != 0x464C56) {
      throw new FlvFormatException(0, "not FLV: the signature is missing");
    }
    int dataOffset = Bytes.int32(source, start + 5);
    if (dataOffset < BYTES || dataOffset > limits.maxHeaderBytes()) {
      throw new FlvFormatException(5, "data offset " + Integer.toUnsignedString(dataOffset));
    }
    return dataOffset;
  }
}
