/** Byte ranges and conditional requests as pure functions, and a cache of slices of files. */
module io.flvkit.vod {
  requires static transitive org.jspecify;
  requires com.github.benmanes.caffeine;

  exports io.flvkit.vod;
  exports io.flvkit.vod.cache;
}
