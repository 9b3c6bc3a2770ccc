package io.flvkit.edge;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the files of a VOD mount come from. */
public sealed interface VodSource {
  /** The URLs of origins, by which logs and metrics name them; none for a folder. */
  Stream<URI> urls();

  /**
   * A folder of this machine.
   *
   * @param path the folder; what follows the mount's path is resolved against it
   */
  record Directory(Path path) implements VodSource {
    @Override
    public Stream<URI> urls() {
      return Stream.empty();
    }
  }

  /**
   * HTTP origins, the first that answers serves.
   *
   * @param origins at least one, in order of preference
   * @param followRedirectsTo {@code host} or {@code host:port} that an origin may redirect to,
   *     besides the origins themselves
   */
  record Http(List<OriginConfig> origins, List<String> followRedirectsTo) implements VodSource {
    public Http {
      new Checks()
          .require(!origins.isEmpty(), "origins", "must name at least one")
          .hosts("followRedirectsTo", followRedirectsTo)
          .done();
      origins = List.copyOf(origins);
      followRedirectsTo = List.copyOf(followRedirectsTo);
    }

    /** Origins that may redirect to each other. */
    public Http(List<OriginConfig> origins) {
      this(origins, List.of());
    }

    @Override
    public Stream<URI> urls() {
      return origins.stream().map(OriginConfig::url);
    }
  }

  /**
   * A bucket of an S3-compatible store.
   *
   * @param config where it is
   */
  record S3(S3Config config) implements VodSource {
    @Override
    public Stream<URI> urls() {
      return Stream.of(config.url());
    }
  }
}
