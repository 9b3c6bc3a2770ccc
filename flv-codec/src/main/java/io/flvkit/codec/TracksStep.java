package io.flvkit.codec;

/** Keeps audio or video, with everything that is neither. */
final class TracksStep extends MetaDataStep {
  private final Tracks tracks;

  TracksStep(Tracks tracks, FlvLimits limits) {
    super(limits);
    this.tracks = tracks;
  }

  @Override
  public FlvHeader header(FlvHeader header) {
    return tracks.header(header);
  }

  @Override
  OnMetaData change(OnMetaData metadata) {
    return tracks.metadata(metadata);
  }

  @Override
  void media(FlvTag tag, FlvHandler next) {
    if (tracks.keeps(tag)) {
      next.onTag(tag);
    }
  }
}
