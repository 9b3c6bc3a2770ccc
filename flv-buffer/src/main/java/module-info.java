/** A lock-free sliding window over a log of framed records: one writer, any number of cursors. */
module io.flvkit.buffer {
  requires static transitive org.jspecify;

  exports io.flvkit.buffer;
}
