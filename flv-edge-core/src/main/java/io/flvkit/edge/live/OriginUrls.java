package io.flvkit.edge.live;

import io.flvkit.token.CanonicalPath;
import java.net.URI;

/** The URL at an origin: its own URL plus what follows the mount's path. */
final class OriginUrls {
  private OriginUrls() {}

  static URI of(URI origin, String mount, CanonicalPath path, String query) {
    CanonicalPath rest =
        path.under(CanonicalPath.parse(mount))
            .orElseThrow(() -> new IllegalArgumentException(path + " is not under " + mount));
    String url = origin + rest.encoded().substring(1);
    return URI.create(query.isEmpty() ? url : url + "?" + query);
  }
}
