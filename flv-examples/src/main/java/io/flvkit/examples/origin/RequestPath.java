package io.flvkit.examples.origin;

import io.flvkit.token.CanonicalPath;
import java.util.Optional;

/** What a request path means to this origin. */
final class RequestPath {
  private static final CanonicalPath LIVE = CanonicalPath.parse("/live/");
  private static final CanonicalPath VOD = CanonicalPath.parse("/vod/");
  private static final String SUFFIX = ".flv";

  private final CanonicalPath path;

  private RequestPath(CanonicalPath path) {
    this.path = path;
  }

  /** Reads the target of a request. Throws BadPathException at what is ambiguous. */
  static RequestPath of(String target) {
    int query = target.indexOf('?');
    return new RequestPath(CanonicalPath.parse(query < 0 ? target : target.substring(0, query)));
  }

  /** The path of a stream. Throws BadPathException if it cannot have one. */
  static RequestPath ofStream(String name) {
    return new RequestPath(CanonicalPath.ofDecoded("/live/" + name + SUFFIX));
  }

  /** The NAME of {@code /live/NAME.flv}. */
  Optional<String> stream() {
    return path.under(LIVE)
        .map(CanonicalPath::decoded)
        .filter(rest -> rest.endsWith(SUFFIX) && rest.length() > 1 + SUFFIX.length())
        .map(rest -> rest.substring(1, rest.length() - SUFFIX.length()));
  }

  /** What follows {@code /vod/}. */
  Optional<CanonicalPath> file() {
    return path.under(VOD);
  }
}
