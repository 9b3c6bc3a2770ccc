package io.flvkit.edge.http;

/** The protocol of a client's connection, named as in metrics and logs. */
public enum Protocol {
  /** HTTP/1.1 and HTTP/1.0. */
  H1("h1"),
  /** HTTP/2. */
  H2("h2"),
  /** HTTP/3. */
  H3("h3"),
  /** WebSocket. */
  WS("ws");

  private final String label;

  Protocol(String label) {
    this.label = label;
  }

  /** Value of the {@code protocol} label. */
  public String label() {
    return label;
  }
}
