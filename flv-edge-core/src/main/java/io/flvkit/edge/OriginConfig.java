package io.flvkit.edge;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP origin of a mount. The URL of a request is {@code url} plus what follows the mount's
 * path.
 *
 * @param url absolute, {@code http} or {@code https}, with a host, its path ending with a slash,
 *     without user information, query and fragment
 * @param host the {@code Host} header to send; null: the one of {@code url}
 * @param headers further header fields to send; the values may be secrets
 * @param authorities whose certificates are trusted, only with {@code https}; empty: those of the
 *     Java installation
 */
public record OriginConfig(
    URI url,
    @Nullable String host,
    Map<String, String> headers,
    List<X509Certificate> authorities) {
  static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

  private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern FIELD_VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

  /** What the edge says itself, and what would change the framing of the request. */
  private static final Pattern OWN_FIELD =
      Pattern.compile(
          "(?i)host|connection|keep-alive|content-length|transfer-encoding|upgrade|te|trailer|range"
              + "|expect");

  public OriginConfig {
    Checks checks = new Checks();
    checkUrl(checks, url);
    if (host != null) {
      checks.matches("host", host, HOST, "must be host or host:port");
    }
    headers.forEach((name, value) -> checkField(checks, name, value));
    checks
        .require(authorities.isEmpty() || isHttps(url), "ca", "is of use with an https URL only")
        .done();
    headers = Map.copyOf(headers);
    authorities = List.copyOf(authorities);
  }

  /** An origin that is known by the authorities of the Java installation, if it is known at all. */
  public OriginConfig(URI url, @Nullable String host, Map<String, String> headers) {
    this(url, host, headers, List.of());
  }

  private static boolean isHttps(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  /**
   * The origin at {@code url}, asked without further header fields. Throws {@link ConfigException}
   * if that is no such URL.
   */
  public static OriginConfig of(String url) {
    return new OriginConfig(urlOf(url), null, Map.of());
  }

  /** Reads a URL; the exception does not repeat the text, which may hold a password. */
  public static URI urlOf(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      new Checks()
          .require(false, "url", "is no URL: " + e.getReason() + " at character " + e.getIndex())
          .done();
      throw new AssertionError(e);
    }
  }

  /** {@code host:port} of the URL, as redirects are compared with it. */
  public String hostAndPort() {
    int usual = isHttps(url) ? 443 : 80;
    return url.getHost() + ":" + (url.getPort() < 0 ? usual : url.getPort());
  }

  private static void checkUrl(Checks checks, URI url) {
    if (!("http".equalsIgnoreCase(url.getScheme()) || isHttps(url)) || url.getHost() == null) {
      checks.require(
          false,
          "url",
          "must be an absolute http or https URL, such as http://127.0.0.1:9000/live/");
      return;
    }
    checks
        .require(
            url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null,
            "url",
            "must be without user, query and fragment")
        .require(url.getRawPath().endsWith("/"), "url", "must end with a slash")
        .require(
            url.getPort() != 0 && url.getPort() <= 65535, "url", "must have a port of 1 to 65535");
  }

  private static void checkField(Checks checks, String name, String value) {
    if (!FIELD_NAME.matcher(name).matches()) {
      checks.require(false, "headers", "must have names of letters, digits and -");
      return;
    }
    checks
        .require(!OWN_FIELD.matcher(name).matches(), "headers." + name, "is set by the edge itself")
        .matches("headers." + name, value, FIELD_VALUE, "must be printable ASCII");
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
