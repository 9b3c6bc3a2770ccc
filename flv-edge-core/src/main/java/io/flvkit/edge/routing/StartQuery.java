package io.flvkit.edge.routing;

import io.flvkit.edge.http.BadRequestException;
import io.flvkit.edge.http.Query;
import io.flvkit.edge.live.StartAt;
import java.util.List;
import java.util.regex.Pattern;

/** Where a viewer wants to start: {@code delay} in seconds, or {@code startPts} of LAS 1.0. */
final class StartQuery {
  private static final String DELAY = "delay";
  private static final String START_PTS = "startPts";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,3})?");
  private static final Pattern MILLIS = Pattern.compile("-?[0-9]{1,19}");

  private StartQuery() {}

  /** Whether the parameter is one of these: such parameters are the edge's own business. */
  static boolean isNamed(String parameter) {
    return parameter.equals(DELAY) || parameter.equals(START_PTS);
  }

  /**
   * What the query asks for.
   *
   * @throws BadRequestException if a parameter is given twice or is no number, or if both are given
   */
  static StartAt of(Query query) {
    List<String> delay = query.all(DELAY);
    List<String> pts = query.all(START_PTS);
    if (delay.size() + pts.size() > 1) {
      throw new BadRequestException("delay or startPts is given more than once");
    }
    if (!delay.isEmpty()) {
      return delay(delay.get(0));
    }
    return pts.isEmpty() ? StartAt.NEWEST : startPts(pts.get(0));
  }

  private static StartAt delay(String text) {
    if (!SECONDS.matcher(text).matches()) {
      throw new BadRequestException("delay must be a number of seconds");
    }
    long millis = Math.round(Double.parseDouble(text) * 1_000);
    return millis == 0 ? StartAt.NEWEST : new StartAt.Behind(millis);
  }

  private static StartAt startPts(String text) {
    long millis;
    try {
      millis = MILLIS.matcher(text).matches() ? Long.parseLong(text) : Long.MIN_VALUE;
    } catch (NumberFormatException e) {
      millis = Long.MIN_VALUE;
    }
    if (millis == Long.MIN_VALUE) {
      throw new BadRequestException("startPts must be a number of milliseconds");
    }
    if (millis == 0) {
      return StartAt.NEWEST;
    }
    return millis < 0 ? new StartAt.NearestBehind(-millis) : new StartAt.Pts(millis);
  }
}
