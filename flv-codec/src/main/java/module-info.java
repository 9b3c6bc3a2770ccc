/** Reads and writes FLV. */
module io.flvkit.codec {
  requires static org.jspecify;

  exports io.flvkit.codec;
  exports io.flvkit.codec.amf;
  exports io.flvkit.codec.config;
}
