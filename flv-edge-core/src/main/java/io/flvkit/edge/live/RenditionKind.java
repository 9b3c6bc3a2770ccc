package io.flvkit.edge.live;

import java.util.Locale;

/** What a viewer gets of a stream. */
public enum RenditionKind {
  /** Everything. */
  FULL,
  /** Sound and script data. */
  AUDIO,
  /** Pictures and script data. */
  VIDEO;

  boolean hasAudio() {
    return this != VIDEO;
  }

  boolean hasVideo() {
    return this != AUDIO;
  }

  /** The name in the API and in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
