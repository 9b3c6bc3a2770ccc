package io.flvkit.edge;

/**
 * The demo player page.
 *
 * @param path where the page is served: starts and ends with a slash
 */
public record PlayerConfig(String path) {
  public PlayerConfig {
    new Checks().mountPath("path", path).done();
  }
}
