package io.flvkit.codec;

import io.flvkit.codec.internal.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One tag: its 11-byte header and its body, with what the first bytes of the body say.
 *
 * <p>A parser hands out one reused instance: it is valid only during {@link FlvHandler#onTag}, and
 * so are the buffers it returns. {@link #copy()} makes a tag to keep. Reading the header and the
 * classification allocates nothing. Not thread-safe.
 */
public final class FlvTag {
  /** Size of a tag header in bytes. */
  public static final int HEADER_BYTES = 11;

  /** Size of the PreviousTagSize that follows each tag, in bytes. */
  public static final int TRAILER_BYTES = 4;

  /** Frame type of a key frame. */
  public static final int FRAME_KEY = 1;

  /** Frame type of an inter frame. */
  public static final int FRAME_INTER = 2;

  /** Frame type of an inter frame that nothing refers to (H.263). */
  public static final int FRAME_DISPOSABLE = 3;

  /** Frame type of a key frame made by a server. */
  public static final int FRAME_GENERATED_KEY = 4;

  /** Frame type of a command: no picture. */
  public static final int FRAME_COMMAND = 5;

  private final MediaHeader media = new MediaHeader();
  private @Nullable ByteBuffer source;
  private @Nullable ByteBuffer wireView;
  private @Nullable ByteBuffer bodyView;
  private @Nullable ByteBuffer payloadView;
  private int start;
  private int firstByte;
  private int bodyBytes;
  private long position;
  private boolean mediaRead;

  FlvTag() {}

  /**
   * Makes a tag of its parts. Copies the remaining bytes of {@code body}, whose position stays.
   *
   * @param type 0..31
   * @param timestampMillis low 32 bits are taken
   */
  public static FlvTag of(int type, long timestampMillis, ByteBuffer body) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + body.remaining());
    FlvWriter.putTagHeader(bytes, type, timestampMillis, body.remaining());
    bytes.put(body.duplicate()).flip();
    return wrapped(bytes, 0);
  }

  /** A tag over {@code bytes}, which nobody changes any more. */
  private static FlvTag wrapped(ByteBuffer bytes, long position) {
    FlvTag tag = new FlvTag();
    tag.wrap(bytes, 0, Bytes.uint24(bytes, 1), position);
    return tag;
  }

  /** Looks at the complete tag at index {@code start} of {@code source}. */
  @SuppressWarnings("ReferenceEquality") // the views belong to this very buffer
  void wrap(ByteBuffer source, int start, int bodyBytes, long position) {
    if (this.source != source) {
      unwrap();
      this.source = source;
    }
    this.start = start;
    this.firstByte = source.get(start);
    this.bodyBytes = bodyBytes;
    this.position = position;
    this.mediaRead = false;
  }

  /** Forgets the buffer, so that nothing is retained between two calls of the parser. */
  void unwrap() {
    source = null;
    wireView = null;
    bodyView = null;
    payloadView = null;
  }

  /** Tag type, 0..31: see {@link TagType}. */
  public int type() {
    return firstByte & 0x1F;
  }

  /** Whether this is an audio tag. */
  public boolean isAudio() {
    return type() == TagType.AUDIO;
  }

  /** Whether this is a video tag. */
  public boolean isVideo() {
    return type() == TagType.VIDEO;
  }

  /** Whether this is script data, AMF0 or AMF3. */
  public boolean isScript() {
    return type() == TagType.SCRIPT || type() == TagType.SCRIPT_AMF3;
  }

  /** Whether the Filter bit is set: the payload is encrypted (annex F), headers are in clear. */
  public boolean isFiltered() {
    return (firstByte & 0x20) != 0;
  }

  /** The two reserved bits of the type byte, 0..3; 0 in a valid tag. */
  public int reservedBits() {
    return firstByte >> 6 & 3;
  }

  /** Decoding time in milliseconds, unsigned 32 bits. */
  public long timestampMillis() {
    int highBitsLast = Bytes.int32(source(), start + 4);
    return Integer.toUnsignedLong(Integer.rotateRight(highBitsLast, 8));
  }

  /** StreamID, 24 bits; 0 in a valid tag. */
  public int streamId() {
    return Bytes.uint24(source(), start + 8);
  }

  /** Length of the body in bytes, 0..16,777,215. */
  public int bodyBytes() {
    return bodyBytes;
  }

  /** Byte position of the tag header in the input of the parser; 0 for a tag made of parts. */
  public long position() {
    return position;
  }

  /**
   * The body, from position to limit of a view that each call sets anew. The caller may move
   * position and limit, and must not write to it.
   */
  public ByteBuffer body() {
    bodyView = view(bodyView, start + HEADER_BYTES, bodyBytes);
    return bodyView;
  }

  /** The 11-byte header as received and the body, as a view like {@link #body()}. */
  public ByteBuffer wire() {
    wireView = view(wireView, start, HEADER_BYTES + bodyBytes);
    return wireView;
  }

  /**
   * The codec's own bytes, after all audio or video headers; the first track's in a multitrack tag.
   * For script data and unknown tags the whole body. A view like {@link #body()}.
   */
  public ByteBuffer payload() {
    MediaHeader header = media();
    int from = start + HEADER_BYTES + header.payloadOffset;
    payloadView = view(payloadView, from, header.payloadBytes);
    return payloadView;
  }

  /** Where {@link #payload()} begins, in bytes from the start of the body. */
  public int payloadOffset() {
    return media().payloadOffset;
  }

  /** What the tag carries. */
  public PacketKind kind() {
    return media().kind;
  }

  /** Frame type of a video tag, see {@link #FRAME_KEY} and its neighbours; 0 of others. */
  public int frameType() {
    return media().frameType;
  }

  /**
   * Codec of an audio or video tag: a {@link FourCc} if {@link #isEnhanced()}, else a {@link
   * LegacyCodec}; the first track's in a multitrack tag.
   */
  public int codec() {
    return media().codec;
  }

  /** Whether the tag has an enhanced header with a FourCC. */
  public boolean isEnhanced() {
    return media().enhanced;
  }

  /** Presentation minus decoding time in milliseconds, signed 24 bits; 0 where there is none. */
  public int compositionMillis() {
    return media().compositionMillis;
  }

  /** ModEx offset in nanoseconds to add to the presentation time, normally 0..999,999. */
  public int presentationNanoOffset() {
    return media().nanoOffset;
  }

  /** Track id, 0..255; the first one's in a multitrack tag, 0 in a plain one. */
  public int trackId() {
    return media().trackId;
  }

  /** Whether the tag has a multitrack header, be it with one track or more. */
  public boolean isMultitrack() {
    return media().multitrackType != MediaHeader.NO_TRACKS;
  }

  /** The parts of all tracks, 1 to 256. Allocates; {@link #trackId()} and others do not. */
  public List<TrackPacket> tracks() {
    return TrackPacket.read(media(), source(), start + HEADER_BYTES, bodyBytes);
  }

  /**
   * Whether this is a coded key frame, where decoding can begin (a generated one, frame type 4,
   * included). Never a sequence header, a command or an empty tag.
   */
  public boolean isKeyFrame() {
    int frame = frameType();
    return (frame == FRAME_KEY || frame == FRAME_GENERATED_KEY) && isCodedMedia();
  }

  /** Whether this is decoder configuration, audio or video, legacy or enhanced. */
  public boolean isSequenceHeader() {
    return kind() == PacketKind.SEQUENCE_START;
  }

  /** Whether this is a coded picture or sound. */
  public boolean isCodedMedia() {
    return kind() == PacketKind.CODED_FRAMES;
  }

  /** Whether this ends a sequence. */
  public boolean isSequenceEnd() {
    return kind() == PacketKind.SEQUENCE_END;
  }

  /** Whether this is enhanced video metadata (colorInfo): state that a late joiner needs. */
  public boolean isVideoMetadata() {
    return kind() == PacketKind.VIDEO_METADATA;
  }

  /** Whether this is an enhanced audio channel layout: state that a late joiner needs. */
  public boolean isMultichannelConfig() {
    return kind() == PacketKind.MULTICHANNEL_CONFIG;
  }

  /** An independent copy that stays valid. */
  public FlvTag copy() {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + bodyBytes);
    bytes.put(wire()).flip();
    return wrapped(bytes, position);
  }

  @Override
  public String toString() {
    return "tag %d at %d: %d ms, %d bytes, %s"
        .formatted(type(), position, timestampMillis(), bodyBytes, kind());
  }

  MediaHeader media() {
    return mediaRead ? media : readMedia();
  }

  private MediaHeader readMedia() {
    media.read(type(), source(), start + HEADER_BYTES, bodyBytes);
    mediaRead = true;
    return media;
  }

  private ByteBuffer source() {
    ByteBuffer in = source;
    if (in == null) {
      throw new IllegalStateException("the tag was used after its call; keep a copy()");
    }
    return in;
  }

  private ByteBuffer view(@Nullable ByteBuffer reused, int from, int bytes) {
    ByteBuffer view = reused == null ? source().duplicate() : reused;
    return view.limit(from + bytes).position(from);
  }
}
