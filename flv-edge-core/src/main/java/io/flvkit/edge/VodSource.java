package io.flvkit.edge;

import java.nio.file.Path;
import java.util.List;

/** Where the files of a VOD mount come from. */
public sealed interface VodSource {

  /**
   * A folder of this machine.
   *
   * @param path the folder; what follows the mount's path is resolved against it
   */
  record Directory(Path path) implements VodSource {}

  /**
   * HTTP origins, the first that answers serves.
   *
   * @param origins at least one, in order of preference
   */
  record Http(List<OriginConfig> origins) implements VodSource {
    public Http {
      new Checks().require(!origins.isEmpty(), "origins", "must name at least one").done();
      origins = List.copyOf(origins);
    }
  }
}
