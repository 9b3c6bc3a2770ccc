package io.flvkit.examples;

/** Entry point of the {@code flvkit} command. */
public final class FlvKit {
  private FlvKit() {}

  public static void main(String[] args) {}
}
