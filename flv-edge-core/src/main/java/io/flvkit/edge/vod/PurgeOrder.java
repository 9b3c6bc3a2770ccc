package io.flvkit.edge.vod;

import io.flvkit.edge.http.BadRequestException;
import io.flvkit.token.BadPathException;
import io.flvkit.token.CanonicalPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Which cached files are to be given up, by their paths on the edge. */
public final class PurgeOrder implements Predicate<String> {
  /** Most files or patterns in one order. */
  private static final int ENTRIES_MAX = 1000;

  private final Set<String> exact = new HashSet<>();
  private final Set<String> prefixes = new HashSet<>();

  private PurgeOrder() {}

  /**
   * Single files, a query behind the path ignored.
   *
   * @throws BadRequestException if there is none, or one that is no path of a file
   */
  public static PurgeOrder ofUrls(List<String> urls) {
    PurgeOrder order = new PurgeOrder();
    if (urls.isEmpty()) {
      throw new BadRequestException("urls must name a file");
    }
    checkCount(urls);
    for (String url : urls) {
      int mark = url.indexOf('?');
      order.exact.add(canonical(mark < 0 ? url : url.substring(0, mark)));
    }
    return order;
  }

  /**
   * Patterns: a path with {@code *} at its end means all that begin so. None at all means
   * everything.
   *
   * @throws BadRequestException if one is no path, or has a star elsewhere
   */
  public static PurgeOrder ofPaths(List<String> paths) {
    PurgeOrder order = new PurgeOrder();
    checkCount(paths);
    if (paths.isEmpty()) {
      order.prefixes.add("");
    }
    for (String path : paths) {
      if (path.endsWith("*")) {
        order.prefixes.add(canonical(path.substring(0, path.length() - 1)));
      } else {
        order.exact.add(canonical(path));
      }
    }
    return order;
  }

  private static void checkCount(List<String> entries) {
    if (entries.size() > ENTRIES_MAX) {
      throw new BadRequestException("more than " + ENTRIES_MAX + " entries");
    }
  }

  private static String canonical(String path) {
    if (path.contains("*")) {
      throw new BadRequestException("a star may only stand at the end of a path: " + path);
    }
    try {
      return CanonicalPath.parse(path).encoded();
    } catch (BadPathException e) {
      throw new BadRequestException("not a path: " + path, e);
    }
  }

  @Override
  public boolean test(String key) {
    return exact.contains(key) || prefixes.stream().anyMatch(key::startsWith);
  }
}
