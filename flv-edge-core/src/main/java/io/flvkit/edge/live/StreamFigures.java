package io.flvkit.edge.live;

import io.flvkit.codec.FlvTag;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What operators want to know of a stream: bitrate and frame rate over the last seconds of its own
 * clock, the length of the last group of pictures, codecs. Confined to the stream's home loop.
 */
final class StreamFigures {
  private static final long SPAN_MILLIS = 5_000;
  private static final long BUCKET_MILLIS = 500;
  private static final int CODECS_MAX = 8;

  private final ArrayDeque<Bucket> buckets = new ArrayDeque<>();
  private final Set<String> codecs = new LinkedHashSet<>();
  private long lastKeyFrameMillis = -1;
  private @Nullable Double gopSeconds;

  private static final class Bucket {
    private final long startMillis;
    private long bytes;
    private int frames;

    Bucket(long startMillis) {
      this.startMillis = startMillis;
    }
  }

  void count(FlvTag tag, long millis) {
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
    }
    last.bytes += tag.bodyBytes();
    last.frames += tag.isVideo() ? 1 : 0;
    if (codecs.size() < CODECS_MAX) {
      codecs.add(CodecNames.of(tag));
    }
    if (tag.isKeyFrame()) {
      if (lastKeyFrameMillis >= 0 && millis > lastKeyFrameMillis) {
        gopSeconds = (millis - lastKeyFrameMillis) / 1000.0;
      }
      lastKeyFrameMillis = millis;
    }
  }

  List<String> codecs() {
    return List.copyOf(codecs);
  }

  @Nullable Double gopSeconds() {
    return gopSeconds;
  }

  /** Bits of tag bodies a second; null before a second of media. */
  @Nullable Long bitrateBps() {
    long span = spanMillis();
    long bytes = complete().stream().mapToLong(bucket -> bucket.bytes).sum();
    return span < 1000 ? null : bytes * 8_000 / span;
  }

  /** Coded pictures a second; null before a second of media. */
  @Nullable Double fps() {
    long span = spanMillis();
    long frames = complete().stream().mapToLong(bucket -> bucket.frames).sum();
    return span < 1000 ? null : Math.round(frames * 100_000.0 / span) / 100.0;
  }

  /** All but the newest bucket, which is still being filled. */
  private List<Bucket> complete() {
    return buckets.stream().limit(Math.max(0, buckets.size() - 1)).toList();
  }

  private long spanMillis() {
    return buckets.size() < 2 ? 0 : buckets.getLast().startMillis - buckets.getFirst().startMillis;
  }
}
