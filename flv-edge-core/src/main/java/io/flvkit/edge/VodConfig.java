package io.flvkit.edge;

import io.flvkit.edge.access.AccessPolicy;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A mount that serves files on demand.
 *
 * @param path the mount: starts and ends with a slash
 * @param source where the files come from
 * @param cache keeps what origins send; null: nothing is kept. A folder needs none
 * @param access who may read
 */
public record VodConfig(
    String path, VodSource source, @Nullable VodCacheConfig cache, AccessPolicy access) {
  public VodConfig {
    new Checks().mountPath("path", path).done();
  }

  /** Serves the files of a folder to everybody. */
  public static VodConfig directory(String path, Path directory) {
    return new VodConfig(path, new VodSource.Directory(directory), null, AccessPolicy.OPEN);
  }

  /** Passes the files of HTTP origins on to everybody. */
  public static VodConfig origins(String path, String... urls) {
    var origins = Arrays.stream(urls).map(OriginConfig::of).toList();
    return new VodConfig(path, new VodSource.Http(origins), null, AccessPolicy.OPEN);
  }

  /** Passes the files of a bucket on to everybody. */
  public static VodConfig s3(String path, S3Config bucket) {
    return new VodConfig(path, new VodSource.S3(bucket), null, AccessPolicy.OPEN);
  }

  /** The same mount with other access rules. */
  public VodConfig withAccess(AccessPolicy policy) {
    return new VodConfig(path, source, cache, policy);
  }

  /** The same mount with a cache. */
  public VodConfig withCache(VodCacheConfig kept) {
    return new VodConfig(path, source, kept, access);
  }
}
