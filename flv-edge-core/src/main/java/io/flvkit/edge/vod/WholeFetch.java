package io.flvkit.edge.vod;

import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginPull;
import io.flvkit.vod.cache.CachedFile;
import io.flvkit.vod.cache.FillFailure;
import io.flvkit.vod.cache.SliceCache;
import io.flvkit.vod.cache.SliceFill;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an answer with a whole file into its slices as it comes. What breaks off cannot go on: its
 * version is given up. Confined to the loop.
 */
final class WholeFetch {
  private final SliceCache cache;
  private final CachedFile file;
  private final OriginPull pull;
  private final Deque<SliceFill> fills;
  private final StallWatch stall;

  private WholeFetch(
      SliceCache cache,
      CachedFile file,
      OriginPull pull,
      Deque<SliceFill> fills,
      Loop loop,
      Duration stallLimit) {
    this.cache = cache;
    this.file = file;
    this.pull = pull;
    this.fills = fills;
    this.stall = new StallWatch(loop, stallLimit, () -> broken("the origin stalled"));
  }

  /** Takes over an answer of which no byte has come yet; null if there is no room for all of it. */
  static @Nullable WholeFetch begin(
      SliceCache cache, CachedFile file, OriginPull pull, Loop loop, Duration stallLimit) {
    Deque<SliceFill> fills = new ArrayDeque<>();
    long count = cache.grid().count(file.version().length());
    for (long index = 0; index < count; index++) {
      SliceFill fill = cache.begin(file, index);
      if (fill == null) {
        fail(fills, "no room");
        return null;
      }
      fills.add(fill);
    }
    WholeFetch fetch = new WholeFetch(cache, file, pull, fills, loop, stallLimit);
    fetch.stall.start();
    return fetch;
  }

  void bytes(ByteBuffer bytes) {
    stall.progress();
    while (bytes.hasRemaining() && !fills.isEmpty()) {
      SliceFill fill = fills.element();
      fill.append(bytes);
      if (fill.missing() == null) {
        fills.remove();
      }
    }
    if (fills.isEmpty()) {
      stall.stop();
    }
  }

  void ended() {
    broken("the origin closed early");
  }

  void broken(String why) {
    stall.stop();
    pull.cancel();
    if (!fills.isEmpty()) {
      cache.drop(file);
      fail(fills, why);
    }
  }

  private static void fail(Deque<SliceFill> fills, String why) {
    fills.forEach(fill -> fill.fail(new FillFailure(FillFailure.Kind.UNREACHABLE, why)));
    fills.clear();
  }
}
