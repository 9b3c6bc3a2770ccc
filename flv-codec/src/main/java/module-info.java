/** Reads and writes FLV. */
module io.flvkit.codec {
  requires static org.jspecify;

  exports io.flvkit.codec;
}
