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
    String query = link.query();
    boolean audio = asks(query, AUDIO_NAMES);
    boolean video = asks(query, VIDEO_NAMES);
    if (audio && video) {
      return NONE;
    }
    return audio ? AUDIO : video ? VIDEO : FULL;
  }

  private static boolean asks(String query, List<String> names) {
    for (String name : names) {
      long found = Query.find(query, 0, name);
      // Twice is not for us to choose from: it counts as asked for, and is refused elsewhere.
      if (found == Query.TWICE || (found != Query.ABSENT && isTrue(query, found))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTrue(String query, long found) {
    String value = query.substring(Query.start(found), Query.end(found));
    return value.equals("1") || value.equalsIgnoreCase("true");
  }
}
