package io.flvkit.edge.live;

import io.flvkit.codec.Tracks;
import java.util.Locale;

/** What a viewer gets of a stream. */
public enum RenditionKind {
  /** Everything. */
  FULL(Tracks.ALL),
  /** Sound and script data. */
  AUDIO(Tracks.AUDIO),
  /** Pictures and script data. */
  VIDEO(Tracks.VIDEO);

  private final Tracks tracks;

  RenditionKind(Tracks tracks) {
    this.tracks = tracks;
  }

  boolean hasAudio() {
    return tracks.hasAudio();
  }

  boolean hasVideo() {
    return tracks.hasVideo();
  }

  /** The name in the API and in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
