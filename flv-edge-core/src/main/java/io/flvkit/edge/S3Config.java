package io.flvkit.edge;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of an S3-compatible store. A file's key is {@code prefix} plus what follows the mount's
 * path; it is asked for at {@code endpoint/bucket/key}.
 *
 * @param endpoint absolute, {@code http}, with a host and no path
 * @param region as requests are signed for
 * @param bucket its name
 * @param prefix of all keys, without a slash at the beginning; empty for none
 * @param accessKey signs requests; null: the bucket is public
 */
public record S3Config(
    URI endpoint, String region, String bucket, String prefix, @Nullable S3AccessKey accessKey) {
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

  public S3Config {
    String path = endpoint.getRawPath();
    boolean plain =
        "http".equalsIgnoreCase(endpoint.getScheme())
            && endpoint.getHost() != null
            && endpoint.getRawUserInfo() == null
            && endpoint.getRawQuery() == null
            && (path == null || path.isEmpty() || path.equals("/"));
    new Checks()
        .require(plain, "endpoint", "must be http:// and a host, such as http://127.0.0.1:9000")
        .matches("region", region, REGION, "must be a region such as us-east-1")
        .matches("bucket", bucket, BUCKET, "must be the name of a bucket")
        .require(!prefix.startsWith("/"), "prefix", "must not begin with a slash")
        .done();
  }

  /** Where files are, for logs and metrics. */
  public URI url() {
    String base = endpoint.toString();
    return URI.create((base.endsWith("/") ? base : base + "/") + bucket + "/");
  }
}
