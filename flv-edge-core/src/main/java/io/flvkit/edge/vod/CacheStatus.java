package io.flvkit.edge.vod;

/** How the cache took part in an answer; the names are what the header says. */
enum CacheStatus {
  /** Everything needed was there and fresh. */
  HIT,
  /** Something had to be fetched. */
  MISS,
  /** What was there was not fresh, and the origin had another version, or sent the same anew. */
  EXPIRED,
  /** It was not fresh, and no origin could be asked. */
  STALE,
  /** It was not fresh and is being validated while it is served. */
  UPDATING,
  /** It was not fresh, and the origin said that it is good. */
  REVALIDATED,
  /** The cache took no part. */
  BYPASS
}
