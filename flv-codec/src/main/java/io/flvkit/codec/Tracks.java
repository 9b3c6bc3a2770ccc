package io.flvkit.codec;

/** Which kinds of media a rendition has: everything, sound only, pictures only. */
public enum Tracks {
  /** Everything. */
  ALL(true, true),
  /** Audio and script data. */
  AUDIO(true, false),
  /** Video and script data. */
  VIDEO(false, true);

  private final boolean audio;
  private final boolean video;

  Tracks(boolean audio, boolean video) {
    this.audio = audio;
    this.video = video;
  }

  /** Whether sound is among it. */
  public boolean hasAudio() {
    return audio;
  }

  /** Whether pictures are among it. */
  public boolean hasVideo() {
    return video;
  }

  /** Whether the rendition has this tag: its media, and everything that is no media. */
  public boolean keeps(FlvTag tag) {
    return switch (tag.type()) {
      case TagType.AUDIO -> audio;
      case TagType.VIDEO -> video;
      default -> true;
    };
  }

  /** The file header of the rendition. */
  public FlvHeader header(FlvHeader header) {
    return this == ALL ? header : header.withTracks(audio, video);
  }

  /** The metadata of the rendition: fields of what is missing, sizes and index are dropped. */
  public OnMetaData metadata(OnMetaData metadata) {
    return this == ALL ? metadata : metadata.withTracks(audio, video).withoutLayout();
  }
}
