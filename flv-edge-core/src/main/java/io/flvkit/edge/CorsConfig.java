package io.flvkit.edge;

/**
 * Which web pages may read the answers.
 *
 * @param allowOrigin the value of {@code Access-Control-Allow-Origin} and {@code
 *     Timing-Allow-Origin} on every answer: {@code *} or one origin such as {@code
 *     https://example.com}
 */
public record CorsConfig(String allowOrigin) {
  /** Every page. */
  public static final CorsConfig DEFAULT = new CorsConfig("*");

  public CorsConfig {
    Ranges.require(
        allowOrigin.equals("*") || allowOrigin.matches("https?://[A-Za-z0-9.:\\[\\]-]+"),
        "allowOrigin",
        "\"*\" or one origin such as https://example.com");
  }
}
