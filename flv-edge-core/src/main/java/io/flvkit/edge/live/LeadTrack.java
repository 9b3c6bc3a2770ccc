package io.flvkit.edge.live;

import io.flvkit.codec.FlvTag;

/**
 * The video track by which viewers start: the one with the lowest id, which players show. A
 * keyframe of another track is no place to start, since it leaves the pictures that are shown
 * undecodable. Confined to the stream's loop.
 */
final class LeadTrack {
  /** A track without a keyframe for so long has ended, or was never complete. */
  private static final long SILENT_MILLIS = 10_000;

  private static final int NONE = -1;

  private int trackId = NONE;
  private long keyFrameMillis;

  /** Whether viewers may start at this tag; told every coded tag in order. */
  boolean startsAt(FlvTag tag, long millis) {
    if (!tag.isKeyFrame()) {
      return false;
    }
    boolean leads =
        trackId == NONE || tag.trackId() <= trackId || millis - keyFrameMillis > SILENT_MILLIS;
    if (leads) {
      trackId = tag.trackId();
      keyFrameMillis = millis;
    }
    return leads;
  }

  /** Whether the tag is a picture of this track. */
  boolean has(FlvTag tag) {
    return tag.isVideo() && (trackId == NONE || tag.trackId() == trackId);
  }

  /** Another origin takes over, perhaps with other tracks. */
  void reset() {
    trackId = NONE;
  }
}
