package io.flvkit.edge.live;

import com.google.common.hash.Hashing;
import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.OriginPick;
import java.nio.charset.StandardCharsets;

/** Which origin a stream asks first. */
final class OriginChoice {
  private OriginChoice() {}

  /** The index of the first origin to ask for the stream of that path. */
  static int first(LiveConfig config, String path) {
    if (config.pick() == OriginPick.IN_ORDER) {
      return 0;
    }
    return Hashing.consistentHash(
        Hashing.murmur3_128().hashString(path, StandardCharsets.UTF_8), config.origins().size());
  }
}
