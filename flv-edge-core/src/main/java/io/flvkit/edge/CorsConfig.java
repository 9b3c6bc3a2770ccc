package io.flvkit.edge;

import java.util.regex.Pattern;

/**
 * Which web pages may read the answers.
 *
 * @param allowOrigin the value of {@code Access-Control-Allow-Origin} and {@code
 *     Timing-Allow-Origin} on every answer: {@code *} or one origin such as {@code
 *     https://example.com}
 */
public record CorsConfig(String allowOrigin) {
  private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[A-Za-z0-9.:\\[\\]-]+");

  /** Every page. */
  public static final CorsConfig DEFAULT = new CorsConfig("*");

  public CorsConfig {
    new Checks()
        .matches(
            "allowOrigin",
            allowOrigin,
            ORIGIN,
            "must be \"*\" or one origin such as https://example.com")
        .done();
  }
}
