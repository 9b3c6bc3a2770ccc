/** The sliding window of a live stream. */
module io.flvkit.buffer {
  requires static org.jspecify;

  exports io.flvkit.buffer;
}
