/** Byte ranges and conditional requests as pure functions. */
module io.flvkit.vod {
  requires static transitive org.jspecify;

  exports io.flvkit.vod;
}
