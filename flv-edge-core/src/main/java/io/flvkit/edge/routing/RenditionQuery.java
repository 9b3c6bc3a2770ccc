package io.flvkit.edge.routing;

import io.flvkit.edge.http.BadRequestException;
import io.flvkit.edge.http.Query;
import io.flvkit.edge.live.RenditionKind;
import java.util.ArrayList;
import java.util.List;

/** The filter parameters, in the spellings of several CDNs. */
final class RenditionQuery {
  private static final List<String> AUDIO =
      List.of("only_audio", "onlyaudio", "only-audio", "audioOnly");
  private static final List<String> VIDEO =
      List.of("only_video", "onlyvideo", "only-video", "videoOnly");

  private RenditionQuery() {}

  /** Whether the parameter is one of these: such parameters are the edge's own business. */
  static boolean isNamed(String parameter) {
    return AUDIO.contains(parameter) || VIDEO.contains(parameter);
  }

  /**
   * What the query asks for.
   *
   * @throws BadRequestException if a parameter is given twice or has another value than 0, 1, true
   *     or false, or if both filters are on
   */
  static RenditionKind of(Query query) {
    boolean audio = isOn(query, AUDIO);
    boolean video = isOn(query, VIDEO);
    if (audio && video) {
      throw new BadRequestException("only_audio and only_video exclude each other");
    }
    return audio ? RenditionKind.AUDIO : video ? RenditionKind.VIDEO : RenditionKind.FULL;
  }

  private static boolean isOn(Query query, List<String> spellings) {
    List<String> values = new ArrayList<>();
    spellings.forEach(name -> values.addAll(query.all(name)));
    if (values.isEmpty()) {
      return false;
    }
    if (values.size() > 1) {
      throw new BadRequestException(spellings.get(0) + " is given more than once");
    }
    return switch (values.get(0)) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> throw new BadRequestException(spellings.get(0) + " must be 1, true, 0 or false");
    };
  }
}
