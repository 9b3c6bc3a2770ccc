package io.flvkit.edge.simulation;

import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvWriter;
import io.flvkit.codec.OnMetaData;
import io.flvkit.codec.TagType;
import io.flvkit.codec.amf.AmfValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What one run of an encoder makes, for as long as it is asked: frames whose payload says which
 * they are. All origins that relay a programme send the same bodies.
 */
public final class Programme {
  private static final int SALT = 0x5EED;

  /** A coded frame; {@code order} counts all of them, {@code ofTrack} those of its track. */
  public record Frame(
      int order, boolean video, boolean key, long millis, int ofTrack, int version) {}

  final int epoch;
  final boolean hasVideo;
  final boolean hasAudio;
  private final boolean promisesBoth;
  private final int videoStepMillis;
  private final int audioStepMillis;
  private final int keyEvery;
  private final int versionEvery;
  private final int pictureBytes;
  private final List<Frame> frames = new ArrayList<>();
  private long nextVideoMillis;
  private long nextAudioMillis;
  private int videoCount;
  private int audioCount;

  /** Pictures at 25 a second with a keyframe each second, and sound. */
  public Programme(int epoch) {
    this(epoch, 0);
  }

  /** The same, with pictures that have so many bytes more. */
  public Programme(int epoch, int pictureBytes) {
    this.epoch = epoch;
    this.pictureBytes = pictureBytes;
    this.hasVideo = true;
    this.hasAudio = true;
    this.promisesBoth = true;
    this.videoStepMillis = 40;
    this.audioStepMillis = 23;
    this.keyEvery = 25;
    this.versionEvery = Integer.MAX_VALUE;
  }

  Programme(int epoch, Random random) {
    this.epoch = epoch;
    this.hasVideo = random.nextInt(10) > 0;
    this.hasAudio = !hasVideo || random.nextInt(5) > 0;
    this.promisesBoth = random.nextInt(5) == 0;
    this.videoStepMillis = 40 + random.nextInt(80);
    this.audioStepMillis = 21 + random.nextInt(60);
    this.keyEvery = 4 + random.nextInt(12);
    this.versionEvery = random.nextInt(3) == 0 ? 3 + random.nextInt(8) : Integer.MAX_VALUE;
    this.pictureBytes = 0;
    this.nextAudioMillis = random.nextInt(200);
  }

  boolean hasTracksOf(Programme other) {
    return hasVideo == other.hasVideo && hasAudio == other.hasAudio;
  }

  /** From a keyframe to the next. */
  public long gopMillis() {
    return hasVideo ? (long) keyEvery * videoStepMillis : audioStepMillis;
  }

  /** How many frames there are by that time of the programme. */
  public int countAt(long millis) {
    while (frames.isEmpty() || frames.get(frames.size() - 1).millis() <= millis) {
      makeNext();
    }
    int low = 0;
    int high = frames.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (frames.get(middle).millis() <= millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void makeNext() {
    boolean video = hasVideo && (!hasAudio || nextVideoMillis <= nextAudioMillis);
    int version = videoCount / keyEvery / versionEvery;
    if (video) {
      boolean key = videoCount % keyEvery == 0;
      frames.add(new Frame(frames.size(), true, key, nextVideoMillis, videoCount++, version));
      nextVideoMillis += videoStepMillis;
    } else {
      frames.add(new Frame(frames.size(), false, false, nextAudioMillis, audioCount++, version));
      nextAudioMillis += audioStepMillis;
    }
  }

  /** The frame of that number. */
  public Frame frame(int order) {
    while (frames.size() <= order) {
      makeNext();
    }
    return frames.get(order);
  }

  /** Where a viewer of these first frames would start: the newest keyframe, else the newest. */
  public int startBefore(int count) {
    for (int i = count - 1; hasVideo && i >= 0; i--) {
      if (frames.get(i).key()) {
        return i;
      }
    }
    return Math.max(0, count - 1);
  }

  /** The FLV header. */
  public byte[] header() {
    ByteBuffer buffer = ByteBuffer.allocate(13);
    FlvWriter.putHeader(buffer, new FlvHeader(hasAudio || promisesBoth, hasVideo || promisesBoth));
    return buffer.array();
  }

  /** Metadata and configuration of a version, at that time. */
  public byte[] opening(int version, long timestampMillis) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnMetaData metadata = OnMetaData.empty().with("epoch", AmfValue.of(epoch));
    out.writeBytes(tag(TagType.SCRIPT, timestampMillis, metadata.toBody()));
    out.writeBytes(configuration(version, timestampMillis));
    return out.toByteArray();
  }

  byte[] configuration(int version, long timestampMillis) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (hasVideo) {
      ByteBuffer body = ByteBuffer.allocate(13).put(new byte[] {0x17, 0, 0, 0, 0});
      out.writeBytes(
          tag(TagType.VIDEO, timestampMillis, body.putInt(epoch).putInt(version).flip()));
    }
    if (hasAudio) {
      ByteBuffer body = ByteBuffer.allocate(10).put(new byte[] {(byte) 0xAF, 0});
      out.writeBytes(tag(TagType.AUDIO, timestampMillis, body.putInt(epoch).putInt(0).flip()));
    }
    return out.toByteArray();
  }

  /** The frame as a tag, before it new configuration where that changes. */
  public byte[] tags(int order, long timestampMillis) {
    Frame frame = frames.get(order);
    byte[] bytes = tag(frame, timestampMillis);
    if (!frame.key() || order == 0 || frame.ofTrack() == 0) {
      return bytes;
    }
    if (frame.version() == (frame.ofTrack() - 1) / keyEvery / versionEvery) {
      return bytes;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(configuration(frame.version(), timestampMillis));
    out.writeBytes(bytes);
    return out.toByteArray();
  }

  private byte[] tag(Frame frame, long timestampMillis) {
    int filler =
        new Random(SALT + epoch * 1_000_003L + frame.order()).nextInt(frame.key() ? 900 : 250)
            + (frame.video() ? pictureBytes : 0);
    byte[] head =
        frame.video()
            ? new byte[] {(byte) (frame.key() ? 0x17 : 0x27), 1, 0, 0, 0}
            : new byte[] {(byte) 0xAF, 1};
    ByteBuffer body = ByteBuffer.allocate(head.length + 8 + filler).put(head);
    body.putInt(epoch).putInt(frame.order());
    return tag(frame.video() ? TagType.VIDEO : TagType.AUDIO, timestampMillis, body.clear());
  }

  private static byte[] tag(int type, long timestampMillis, ByteBuffer body) {
    ByteBuffer buffer = ByteBuffer.allocate(FlvWriter.tagBytes(body.remaining()));
    FlvWriter.putTag(buffer, type, timestampMillis, body);
    return buffer.array();
  }
}
