package io.flvkit.token.internal;

import io.flvkit.token.Link;
import java.util.List;

/** Which rendition of a live stream a query asks for: the spellings of all vendors. */
final class Rendition {
  static final String FULL = "full";
  static final String AUDIO = "audio";
  static final String VIDEO = "video";
  static final List<String> ALL = List.of(FULL, AUDIO, VIDEO);

  /** What a query asks for that contradicts itself: no rendition at all. */
  static final String NONE = "none";

  private static final List<String> AUDIO_NAMES =
      List.of("only_audio", "onlyaudio", "only-audio", "audioonly");
  private static final List<String> VIDEO_NAMES =
      List.of("only_video", "onlyvideo", "only-video", "videoonly");

  private Rendition() {}

  static String of(Link link) {
    boolean audio = asks(link, AUDIO_NAMES);
    boolean video = asks(link, VIDEO_NAMES);
    if (audio && video) {
      return NONE;
    }
    return audio ? AUDIO : video ? VIDEO : FULL;
  }

  private static boolean asks(Link link, List<String> names) {
    for (String name : names) {
      long found = Query.find(link.written(), link.queryStart(), name);
      // Twice is not for us to choose from: it counts as asked for, and is refused elsewhere.
      if (found == Query.TWICE || (found != Query.ABSENT && isTrue(link, found))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTrue(Link link, long found) {
    int start = Query.start(found);
    int length = Query.end(found) - start;
    return link.written().regionMatches(true, start, "1", 0, Math.max(length, 1))
        || link.written().regionMatches(true, start, "true", 0, Math.max(length, 4));
  }
}
