package io.flvkit.codec;

/** The steps that come with the library. Steps may keep state: make new ones for each stream. */
public final class FlvSteps {
  private FlvSteps() {}

  /** Keeps audio and script data, with header flags and onMetaData that say so. */
  public static FlvStep audioOnly() {
    return new TracksStep(Tracks.AUDIO, FlvLimits.defaults());
  }

  /** Keeps video and script data, with header flags and onMetaData that say so. */
  public static FlvStep videoOnly() {
    return new TracksStep(Tracks.VIDEO, FlvLimits.defaults());
  }

  /**
   * Keeps one video and one audio track of a multitrack stream, in plain form as track 0. Script
   * data is kept; onMetaData describes the chosen tracks as far as the stream does.
   *
   * @param videoTrackId 0..255
   * @param audioTrackId 0..255
   */
  public static FlvStep track(int videoTrackId, int audioTrackId) {
    return new TrackStep(videoTrackId, audioTrackId, FlvLimits.defaults());
  }

  /**
   * Rewrites for players that know less: track 0 only and in plain form; colorInfo, ModEx and
   * channel layouts dropped; avc1, mp4a and .mp3 in their legacy form, hvc1 as CodecID 12. What has
   * no legacy form passes as it is, and so do encrypted tags.
   */
  public static FlvStep compatible() {
    FlvStep oneTrack = track(0, 0);
    FlvStep legacy = new LegacyStep(FlvLimits.defaults());
    return new FlvStep() {
      @Override
      public void tag(FlvTag tag, FlvHandler next) {
        oneTrack.tag(tag, plain -> legacy.tag(plain, next));
      }
    };
  }

  /** Shifts and clamps timestamps at discontinuities, see {@link TimestampRepairer}. */
  public static FlvStep repairTimestamps() {
    return TimestampRepairer.create(problem -> {});
  }
}
