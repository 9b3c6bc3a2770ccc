package io.flvkit.edge.live;

import io.flvkit.codec.CodecNames;
import io.flvkit.codec.FlvTag;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What operators want to know of a stream: bitrate and frame rate over the last seconds of its own
 * clock, the length of the last group of pictures, codecs. Written on the stream's home loop, read
 * by any thread.
 */
public final class StreamFigures {
  private static final long SPAN_MILLIS = 5_000;
  private static final long BUCKET_MILLIS = 500;
  private static final int CODECS_MAX = 8;

  private final ArrayDeque<Bucket> buckets = new ArrayDeque<>();
  private final Set<String> codecs = new LinkedHashSet<>();
  private final LongSupplier nanoTime;
  private long lastKeyFrameMillis = -1;
  private volatile long keyFrameNanos;
  private volatile boolean sawKeyFrame;
  private volatile @Nullable Double gopSeconds;
  private volatile @Nullable Long bitrateBps;
  private volatile @Nullable Double fps;
  private volatile List<String> codecNames = List.of();

  StreamFigures(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private static final class Bucket {
    private final long startMillis;
    private long bytes;
    private int frames;

    Bucket(long startMillis) {
      this.startMillis = startMillis;
    }
  }

  /** Counts a tag; {@code keyFrame} says whether it is a keyframe of the track that leads. */
  void count(FlvTag tag, LeadTrack lead, boolean keyFrame, long millis) {
    if (!tag.isCodedMedia()) {
      return;
    }
    Bucket last = buckets.peekLast();
    if (last == null || millis - last.startMillis >= BUCKET_MILLIS) {
      last = new Bucket(millis);
      buckets.add(last);
      while (buckets.size() > 1 && millis - buckets.getFirst().startMillis > SPAN_MILLIS) {
        buckets.removeFirst();
      }
      measure();
    }
    last.bytes += tag.bodyBytes();
    last.frames += lead.has(tag) ? 1 : 0;
    if (codecs.size() < CODECS_MAX && codecs.add(CodecNames.of(tag))) {
      codecNames = List.copyOf(codecs);
    }
    if (keyFrame) {
      if (lastKeyFrameMillis >= 0 && millis > lastKeyFrameMillis) {
        gopSeconds = (millis - lastKeyFrameMillis) / 1000.0;
      }
      lastKeyFrameMillis = millis;
      keyFrameNanos = nanoTime.getAsLong();
      sawKeyFrame = true;
    }
  }

  private void measure() {
    long span = buckets.getLast().startMillis - buckets.getFirst().startMillis;
    if (span < 1000) {
      return;
    }
    long bytes = 0;
    long frames = 0;
    for (Bucket bucket : buckets) { // the newest is empty yet
      bytes += bucket.bytes;
      frames += bucket.frames;
    }
    bitrateBps = bytes * 8_000 / span;
    fps = Math.round(frames * 100_000.0 / span) / 100.0;
  }

  /** Names of the codecs seen. */
  public List<String> codecs() {
    return codecNames;
  }

  /** Length of the last group of pictures; null before the second keyframe. */
  public @Nullable Double gopSeconds() {
    return gopSeconds;
  }

  /** Bits of tag bodies a second; null before a second of media. */
  public @Nullable Long bitrateBps() {
    return bitrateBps;
  }

  /** Coded pictures a second; null before a second of media. */
  public @Nullable Double fps() {
    return fps;
  }

  /** Time since the last keyframe came; null before the first. */
  public @Nullable Double keyFrameAgeSeconds() {
    return sawKeyFrame ? (nanoTime.getAsLong() - keyFrameNanos) / 1e9 : null;
  }
}
