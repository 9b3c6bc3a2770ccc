package io.flvkit.bench.buffer;

import io.flvkit.buffer.SegmentAllocator;
import io.flvkit.buffer.SlidingWindow;
import io.flvkit.buffer.WindowLimits;
import java.nio.ByteBuffer;

/**
 * A stream as users have it: 1 Mbit/s, 25 frames and 43 audio tags a second, a keyframe every 2 s.
 */
final class Tags {
  static final int AUDIO = 8;
  static final int VIDEO = 9;
  static final int AUDIO_BYTES = 200;
  static final int VIDEO_BYTES = 5_000;

  private static final int TAGS_PER_GROUP = 136;

  private final ByteBuffer audio = ByteBuffer.allocateDirect(AUDIO_BYTES);
  private final ByteBuffer video = ByteBuffer.allocateDirect(VIDEO_BYTES);
  private long count;

  /** The window an edge keeps by default: 10 s, 64 MiB, memory from a pool. */
  static SlidingWindow window() {
    return SlidingWindow.create(
        WindowLimits.of(64 << 20, 10_000), SegmentAllocator.direct(16 << 20));
  }

  /** A full window. */
  SlidingWindow filledWindow() {
    SlidingWindow window = window();
    for (int i = 0; i < 20 * TAGS_PER_GROUP; i++) {
      append(window);
      window.publish();
    }
    return window;
  }

  /** Appends the next tag of the stream; the caller publishes. */
  void append(SlidingWindow window) {
    long clockMillis = count * 2_000 / TAGS_PER_GROUP;
    if (count % TAGS_PER_GROUP == 0) {
      window.markJoinPoint(clockMillis, null);
    }
    boolean isVideo = isVideo();
    window.append(isVideo ? video : audio, isVideo ? VIDEO : AUDIO, clockMillis, (int) count);
    count++;
  }

  /** The bytes of the next tag, for baselines that keep no window. */
  ByteBuffer next() {
    boolean isVideo = isVideo();
    count++;
    return isVideo ? video : audio;
  }

  private boolean isVideo() {
    return count * 50 / TAGS_PER_GROUP != (count - 1) * 50 / TAGS_PER_GROUP;
  }
}
