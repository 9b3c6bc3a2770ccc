package io.flvkit.bench.macro.origin;

import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvWriter;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/** An endless stream: a prelude, then marked tags, each with the time when it is due. */
public final class StampedStream {
  private static final byte[] AVC_CONFIGURATION =
      HexFormat.of().parseHex("17000000000142c01effe1000a6742c01eda0280bfe5400100" + "0468ce3c80");
  private static final byte[] AAC_CONFIGURATION = HexFormat.of().parseHex("af001210");
  private static final int VIDEO = 9;
  private static final int AUDIO = 8;

  private final StreamShape shape;
  private final LongSupplier clockNanos;
  private final byte[] filler;
  private long frames;
  private long audioFrames;

  /** A stream that begins now. */
  public StampedStream(StreamShape shape, LongSupplier clockNanos) {
    this.shape = shape;
    this.clockNanos = clockNanos;
    filler = new byte[Math.max(shape.keyframeBytes(), shape.audioFrameBytes())];
    for (int i = 0; i < filler.length; i++) {
      filler[i] = (byte) (1 | ((i * 0x9E3779B1) >>> 24));
    }
  }

  /** Room that any tag fits. */
  public int tagBytesMax() {
    return FlvWriter.tagBytes(filler.length);
  }

  /** Writes the FLV header and the configuration of both tracks. */
  public void putPrelude(ByteBuffer target) {
    FlvWriter.putHeader(target, new FlvHeader(true, true));
    FlvWriter.putTag(target, VIDEO, 0, ByteBuffer.wrap(AVC_CONFIGURATION));
    FlvWriter.putTag(target, AUDIO, 0, ByteBuffer.wrap(AAC_CONFIGURATION));
  }

  /** When the next tag is due, in nanoseconds since the start of the stream. */
  public long dueNanos() {
    return Math.min(frameDueNanos(), audioDueNanos());
  }

  /** Writes the tag that is due and goes on to the next. */
  public void putNext(ByteBuffer target) {
    long dueNanos = dueNanos();
    boolean video = dueNanos == frameDueNanos();
    int bodyBytes = video ? frameBytes() : shape.audioFrameBytes();
    FlvWriter.putTagHeader(target, video ? VIDEO : AUDIO, dueNanos / 1_000_000, bodyBytes);
    int end = target.position() + bodyBytes;
    if (video) {
      putFrameStart(target, bodyBytes);
      Mark.put(target, clockNanos.getAsLong(), frames++);
    } else {
      target.put((byte) 0xAF).put((byte) 1).put((byte) 0x21);
      Mark.put(target, clockNanos.getAsLong(), audioFrames++);
    }
    target.put(filler, 0, end - target.position());
    FlvWriter.putTrailer(target, bodyBytes);
  }

  private void putFrameStart(ByteBuffer target, int bodyBytes) {
    target.put((byte) (isKeyframe() ? 0x17 : 0x27)).putInt(0x01000000);
    target.putInt(bodyBytes - 9).putShort((short) (isKeyframe() ? 0x6588 : 0x419A));
  }

  private int frameBytes() {
    return isKeyframe() ? shape.keyframeBytes() : shape.predictedFrameBytes();
  }

  private boolean isKeyframe() {
    return frames % ((long) shape.framesPerSecond() * StreamShape.GOP_SECONDS) == 0;
  }

  private long frameDueNanos() {
    return frames * 1_000_000_000L / shape.framesPerSecond();
  }

  private long audioDueNanos() {
    return (long) (audioFrames * 1024e9 / 44_100);
  }
}
