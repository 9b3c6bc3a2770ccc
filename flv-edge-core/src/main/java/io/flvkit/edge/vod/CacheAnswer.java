package io.flvkit.edge.vod;

import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.vod.cache.CachedFile;

/** What asking the origins for a file, or asking again, came to. */
sealed interface CacheAnswer {

  /** The file may be served from the cache now; the slice that was asked for is on its way. */
  record Usable(CachedFile file, CacheStatus status) implements CacheAnswer {}

  /** This is the answer; nothing is kept. */
  record Final(EdgeResponse response) implements CacheAnswer {}

  /** A shared cache must not keep the file, or cannot: each request has to pass. */
  record Unkept() implements CacheAnswer {}
}
