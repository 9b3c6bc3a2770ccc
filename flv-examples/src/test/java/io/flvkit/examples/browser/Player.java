package io.flvkit.examples.browser;

/** The players that people use for FLV in a page. */
enum Player {
  MPEGTS,
  FLVJS,
  XGPLAYER
}
