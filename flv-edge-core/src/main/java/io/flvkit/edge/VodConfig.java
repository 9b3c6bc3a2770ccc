package io.flvkit.edge;

import io.flvkit.edge.access.AccessPolicy;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A mount that serves files on demand.
 *
 * @param path the mount: starts and ends with a slash
 * @param source where the files come from
 * @param access who may read
 */
public record VodConfig(String path, VodSource source, AccessPolicy access) {
  public VodConfig {
    new Checks().mountPath("path", path).done();
  }

  /** Serves the files of a folder to everybody. */
  public static VodConfig directory(String path, Path directory) {
    return new VodConfig(path, new VodSource.Directory(directory), AccessPolicy.OPEN);
  }

  /** Passes the files of HTTP origins on to everybody. */
  public static VodConfig origins(String path, String... urls) {
    var origins = Arrays.stream(urls).map(OriginConfig::of).toList();
    return new VodConfig(path, new VodSource.Http(origins), AccessPolicy.OPEN);
  }

  /** The same mount with other access rules. */
  public VodConfig withAccess(AccessPolicy policy) {
    return new VodConfig(path, source, policy);
  }
}
