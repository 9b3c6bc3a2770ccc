package io.flvkit.edge.vod;

import io.flvkit.edge.VodCacheConfig;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.loop.Loop;
import io.flvkit.token.CanonicalPath;
import io.flvkit.vod.cache.SliceCache;
import io.flvkit.vod.cache.SliceFill;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What all requests of a cached mount share.
 *
 * @param disk runs what may block on the disk
 * @param seekers runs what may block on slices that have to come
 * @param views of seeks
 */
record CacheContext(
    SliceCache cache,
    VodCacheConfig config,
    Origins origins,
    String cacheStatusHeader,
    InstantSource clock,
    Executor disk,
    Executor seekers,
    SeekViews views) {

  Instant now() {
    return clock.instant();
  }

  /** A fetch of a slice, not begun. */
  SliceFetch fetch(
      SliceFill fill, CanonicalPath path, Headers fields, Loop loop, VodEvents events) {
    return new SliceFetch(cache, origins, path, fill, fields, loop, events);
  }
}
