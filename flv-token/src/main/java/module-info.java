/** Signed links. */
module io.flvkit.token {
  requires static transitive org.jspecify;
  requires org.bouncycastle.provider;

  exports io.flvkit.token;
}
