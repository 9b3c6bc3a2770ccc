package io.flvkit.edge;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP origin of a mount. The URL of a request is {@code url} plus what follows the mount's
 * path.
 *
 * @param url absolute, {@code http}, with a host, its path ending with a slash, without user
 *     information, query and fragment
 * @param host the {@code Host} header to send; null: the one of {@code url}
 * @param headers further header fields to send; the values may be secrets
 */
public record OriginConfig(URI url, @Nullable String host, Map<String, String> headers) {
  public OriginConfig {
    checkUrl(url);
    Ranges.require(
        host == null || host.matches("[A-Za-z0-9._:\\[\\]-]+"), "host", "host or host:port");
    headers.forEach(OriginConfig::checkHeader);
    headers = Map.copyOf(headers);
  }

  /** The origin at {@code url}, asked without further header fields. */
  public static OriginConfig of(String url) {
    return new OriginConfig(URI.create(url), null, Map.of());
  }

  private static void checkUrl(URI url) {
    Ranges.require(
        "http".equalsIgnoreCase(url.getScheme()) && url.getHost() != null,
        "url",
        "an absolute http URL, such as http://127.0.0.1:9000/live/");
    Ranges.require(
        url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null,
        "url",
        "without user, query and fragment");
    Ranges.require(
        url.getRawPath() != null && url.getRawPath().endsWith("/"),
        "url",
        "a URL that ends with a slash");
    Ranges.require(url.getPort() != 0 && url.getPort() <= 65535, "url", "with a port below 65536");
  }

  private static void checkHeader(String name, String value) {
    Ranges.require(
        name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+"), "headers", "names of letters, digits and -");
    Ranges.require(
        !name.matches("(?i)host|connection|content-length|transfer-encoding|upgrade|te|range"),
        "headers",
        "other fields than " + name + ", which the edge sets itself");
    Ranges.require(
        value.chars().noneMatch(c -> (c < ' ' && c != '\t') || c >= 0x7f),
        "headers",
        "values of printable ASCII");
  }

  /** Names the header fields but leaves out their values, which may be secrets. */
  @Override
  public String toString() {
    return "OriginConfig["
        + url
        + (host == null ? "" : ", host " + host)
        + (headers.isEmpty() ? "" : ", headers " + headers.keySet())
        + "]";
  }
}
