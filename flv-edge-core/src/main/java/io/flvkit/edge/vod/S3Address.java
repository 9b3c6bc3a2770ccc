package io.flvkit.edge.vod;

import io.flvkit.edge.S3AccessKey;
import io.flvkit.edge.S3Config;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.origin.CdnLoop;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.token.CanonicalPath;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * A bucket of an S3-compatible store, asked by path ({@code endpoint/bucket/key}).
 *
 * @param clock of the signatures' dates
 */
record S3Address(S3Config config, Duration connectTimeout, Clock clock) implements OriginAddress {
  private static final String UNRESERVED = "-._~/";

  @Override
  public String name() {
    return config.url().toString();
  }

  @Override
  public OriginRequest request(String method, CanonicalPath file, Headers fields) {
    String key = config.prefix() + file.decoded().substring(1);
    URI uri = URI.create(config.url() + encoded(key));
    S3AccessKey accessKey = config.accessKey();
    Headers plain = fields.toBuilder().remove(CdnLoop.FIELD).build(); // is changed after signing
    Headers headers =
        accessKey == null
            ? plain
            : S3Signature.sign(method, uri, plain, config.region(), accessKey, clock);
    return new OriginRequest(uri, method, headers, connectTimeout, Set.of());
  }

  /** As the canonical request of a signature spells a key: everything else would not match it. */
  private static String encoded(String key) {
    StringBuilder encoded = new StringBuilder(key.length());
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (b >= '0' && b <= '9')
              || (b >= 'A' && b <= 'Z')
              || (b >= 'a' && b <= 'z')
              || UNRESERVED.indexOf(b) >= 0;
      if (plain) {
        encoded.append((char) b);
      } else {
        encoded.append("%%%02X".formatted(b & 0xff));
      }
    }
    return encoded.toString();
  }
}
