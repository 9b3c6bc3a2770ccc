package io.flvkit.examples.origin;

import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.FlvWriter;
import io.flvkit.codec.OnMetaData;
import io.flvkit.codec.ScriptData;
import io.flvkit.codec.TagType;
import io.flvkit.codec.amf.AmfValue;
import io.flvkit.codec.amf.AmfValue.Property;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A tag to keep: what it is, and its bytes with the PreviousTagSize after them. Immutable. */
final class MediaTag {
  private static final int TIMESTAMP_INDEX = 4;
  private static final int EXTENSION_INDEX = 7;

  /** What a tag means to one who joins. */
  enum Kind {
    METADATA,
    CONFIGURATION,
    KEYFRAME,
    FRAME,
    SEQUENCE_END,
    OTHER
  }

  /** What a configuration is for: a newer one takes the place of the older in the same slot. */
  record Slot(int type, int codec, int track, boolean sequenceHeader) {}

  private final Kind kind;
  private final Slot slot;
  private final byte[] wire;

  private MediaTag(Kind kind, Slot slot, byte[] wire) {
    this.kind = kind;
    this.slot = slot;
    this.wire = wire;
  }

  /** Copies a tag of the parser. */
  static MediaTag copyOf(FlvTag tag) {
    ByteBuffer wire = ByteBuffer.allocate(tag.wire().remaining() + FlvTag.TRAILER_BYTES);
    wire.put(tag.wire());
    wire.putInt(wire.position());
    Slot slot = new Slot(tag.type(), tag.codec(), tag.trackId(), tag.isSequenceHeader());
    return new MediaTag(kindOf(tag), slot, wire.array());
  }

  private static Kind kindOf(FlvTag tag) {
    if (tag.isScript()) {
      return OnMetaData.of(tag, FlvLimits.defaults()).isPresent() ? Kind.METADATA : Kind.OTHER;
    }
    return switch (tag.kind()) {
      case SEQUENCE_START, VIDEO_METADATA, MULTICHANNEL_CONFIG -> Kind.CONFIGURATION;
      case SEQUENCE_END -> Kind.SEQUENCE_END;
      case CODED_FRAMES -> tag.isVideo() && tag.isKeyFrame() ? Kind.KEYFRAME : Kind.FRAME;
      default -> Kind.OTHER;
    };
  }

  /** The script tag {@code onStamp {wallClockMillis: <milliseconds since 1970>}}. */
  static MediaTag stamp(long wallClockMillis, long timestampMillis) {
    Property property = new Property("wallClockMillis", AmfValue.of((double) wallClockMillis));
    ScriptData script = new ScriptData("onStamp", List.of(AmfValue.Obj.object(List.of(property))));
    return copyOf(FlvTag.of(TagType.SCRIPT, timestampMillis, script.toBody()));
  }

  /** The header of a file and PreviousTagSize0. */
  static byte[] fileHeader(FlvHeader header) {
    ByteBuffer bytes = ByteBuffer.allocate(FlvHeader.BYTES + FlvTag.TRAILER_BYTES);
    FlvWriter.putHeader(bytes, header);
    return bytes.array();
  }

  /** The same tag at another time, of which the low 32 bits are kept. */
  MediaTag at(long timestampMillis) {
    if (timestampMillis == timestampMillis()) {
      return this;
    }
    byte[] moved = wire.clone();
    ByteBuffer.wrap(moved).putInt(TIMESTAMP_INDEX, Integer.rotateLeft((int) timestampMillis, 8));
    return new MediaTag(kind, slot, moved);
  }

  Kind kind() {
    return kind;
  }

  Slot slot() {
    return slot;
  }

  boolean isAudio() {
    return slot.type() == TagType.AUDIO;
  }

  boolean isVideo() {
    return slot.type() == TagType.VIDEO;
  }

  /** Whether this is a coded picture or sound, rather than something about them. */
  boolean isMedia() {
    return kind == Kind.KEYFRAME || kind == Kind.FRAME;
  }

  /** Decoding time in milliseconds, 32 bits unsigned. */
  long timestampMillis() {
    int low = ByteBuffer.wrap(wire).getInt(TIMESTAMP_INDEX) >>> 8;
    return low | (wire[EXTENSION_INDEX] & 0xFFL) << 24;
  }

  /** Whether both have the same body and type, whatever their times. */
  boolean saysTheSameAs(MediaTag other) {
    return wire[0] == other.wire[0]
        && Arrays.equals(
            wire,
            FlvTag.HEADER_BYTES,
            wire.length,
            other.wire,
            FlvTag.HEADER_BYTES,
            other.wire.length);
  }

  /** Tag header, body and PreviousTagSize. Not to be written to. */
  byte[] wire() {
    return wire;
  }
}
