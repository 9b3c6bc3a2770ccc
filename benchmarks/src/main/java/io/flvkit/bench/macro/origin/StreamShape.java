package io.flvkit.bench.macro.origin;

import java.util.List;

/** Bitrates and rates of a stream of H.264 and AAC with a keyframe every two seconds. */
public enum StreamShape {
  /** A common live stream: 1 Mbit/s, 68 tags a second. */
  A(1000, 25, 64),

  /** A light stream, for many viewers: 100 kbit/s, 48 tags a second. */
  B(36, 5, 64);

  static final int GOP_SECONDS = 2;
  private static final int KEYFRAME_WEIGHT = 8;

  private final int videoKbps;
  private final int framesPerSecond;
  private final int audioKbps;

  StreamShape(int videoKbps, int framesPerSecond, int audioKbps) {
    this.videoKbps = videoKbps;
    this.framesPerSecond = framesPerSecond;
    this.audioKbps = audioKbps;
  }

  /** Kilobits of video a second. */
  public int videoKbps() {
    return videoKbps;
  }

  /** Kilobits of audio a second, in 43 tags. */
  public int audioKbps() {
    return audioKbps;
  }

  int framesPerSecond() {
    return framesPerSecond;
  }

  int predictedFrameBytes() {
    return videoKbps * 125 * GOP_SECONDS / (framesPerSecond * GOP_SECONDS - 1 + KEYFRAME_WEIGHT);
  }

  int keyframeBytes() {
    return predictedFrameBytes() * KEYFRAME_WEIGHT;
  }

  int audioFrameBytes() {
    return audioKbps * 125 * 1024 / 44_100;
  }

  /** As arguments of the limit program. */
  public List<String> limitArguments() {
    return List.of(
        "--kbps", "" + videoKbps, "--fps", "" + framesPerSecond, "--akbps", "" + audioKbps);
  }
}
