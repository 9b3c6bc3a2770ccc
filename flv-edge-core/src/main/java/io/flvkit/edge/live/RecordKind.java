package io.flvkit.edge.live;

import io.flvkit.codec.FlvTag;

/** What a record of a live window is, as bits beside the record. */
final class RecordKind {
  static final int AUDIO = 1;
  static final int VIDEO = 2;
  static final int SCRIPT = 4;
  static final int CONFIGURATION = 8;
  static final int KEY_FRAME = 16;

  private RecordKind() {}

  static int of(FlvTag tag) {
    int media = tag.isAudio() ? AUDIO : tag.isVideo() ? VIDEO : SCRIPT;
    int configuration = Configuration.isConfiguration(tag) ? CONFIGURATION : 0;
    return media | configuration | (tag.isKeyFrame() ? KEY_FRAME : 0);
  }

  static boolean belongsTo(int kind, RenditionKind rendition) {
    return (kind & SCRIPT) != 0
        || ((kind & AUDIO) != 0 && rendition.hasAudio())
        || ((kind & VIDEO) != 0 && rendition.hasVideo());
  }
}
