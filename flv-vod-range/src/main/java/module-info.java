/** Ranges and slices. */
module io.flvkit.vod {
  requires static org.jspecify;
  requires com.google.common;

  exports io.flvkit.vod;
}
