package io.flvkit.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How to answer a request for the rest of a file from some time or byte on with something that
 * every player can play: a prelude made for it (header, onMetaData without index and sizes, decoder
 * configuration), then the bytes of the file from a key frame to its end, unchanged.
 *
 * <p>Uses the keyframe index of the file where it has a true one, else walks over the tag headers.
 * Where sequence headers change in the middle is told by the "configurations" property that {@link
 * FlvIndexer} writes. In a file that another program indexed they are looked for in the 8 MiB
 * before the key frame; a change further back is not seen there.
 *
 * <pre>{@code
 * ByteSource file = ByteSource.of(channel);
 * SeekPlan.byTime(file, 90_000, FlvLimits.defaults()).ifPresent(plan -> {
 *   send(plan.prelude());
 *   channel.transferTo(plan.from(), plan.to() - plan.from(), target);
 * });
 * }</pre>
 */
public final class SeekPlan {
  private final ByteBuffer prelude;
  private final long from;
  private final long to;
  private final long timestampMillis;

  SeekPlan(ByteBuffer prelude, long from, long to, long timestampMillis) {
    this.prelude = prelude.asReadOnlyBuffer();
    this.from = from;
    this.to = to;
    this.timestampMillis = timestampMillis;
  }

  /**
   * Plans from the key frame at or before a time; from the first one if it is later.
   *
   * @param millis on the time line of the file's own timestamps, 0 or more
   * @return empty if the file ends before that time, or has no media
   * @throws FlvFormatException if the source is not FLV, or is broken on the way
   */
  public static Optional<SeekPlan> byTime(ByteSource source, long millis, FlvLimits limits)
      throws IOException {
    return byTime(source, millis, limits, new SeekMemory());
  }

  /** As {@link #byTime(ByteSource, long, FlvLimits)}, one of several in the same file. */
  public static Optional<SeekPlan> byTime(
      ByteSource source, long millis, FlvLimits limits, SeekMemory memory) throws IOException {
    return new SeekPlanner(source, limits, memory).byTime(millis);
  }

  /**
   * Plans from the key frame at or before a byte; from the first one if it is later.
   *
   * @param position 0 or more
   * @return empty if the file ends before that byte, or has no media
   * @throws FlvFormatException if the source is not FLV, or is broken on the way
   */
  public static Optional<SeekPlan> byPosition(ByteSource source, long position, FlvLimits limits)
      throws IOException {
    return byPosition(source, position, limits, new SeekMemory());
  }

  /** As {@link #byPosition(ByteSource, long, FlvLimits)}, one of several in the same file. */
  public static Optional<SeekPlan> byPosition(
      ByteSource source, long position, FlvLimits limits, SeekMemory memory) throws IOException {
    return new SeekPlanner(source, limits, memory).byPosition(position);
  }

  /** What comes before the bytes of the file; a new read-only view. */
  public ByteBuffer prelude() {
    return prelude.duplicate();
  }

  /** First byte of the file to send: a tag. */
  public long from() {
    return from;
  }

  /** Byte of the file to stop before. */
  public long to() {
    return to;
  }

  /** Timestamp of the tag at {@link #from()}, milliseconds. */
  public long timestampMillis() {
    return timestampMillis;
  }

  /** Bytes of the whole answer. */
  public long bytes() {
    return prelude.remaining() + (to - from);
  }
}
