package io.flvkit.edge.story;

import io.flvkit.edge.AdminConfig;
import io.flvkit.edge.BoundListener;
import io.flvkit.edge.Edge;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.WindowConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A real edge on loopback with short deadlines; its viewers may lag by a whole clip. */
final class EdgeStage implements AutoCloseable {
  private static final long DEADLINE_NANOS = 20_000_000_000L;

  final Edge edge;

  private EdgeStage(Edge edge) {
    this.edge = edge;
  }

  static EdgeStage with(EdgeConfig config) {
    return new EdgeStage(Edge.start(config));
  }

  static EdgeStage pulling(String originUrl) {
    return with(config(live(originUrl).build()).build());
  }

  static EdgeStage pulling(String originUrl, UnaryOperator<EdgeConfig.Builder> more) {
    return with(more.apply(config(live(originUrl).build())).build());
  }

  static EdgeConfig.Builder config(LiveConfig live) {
    return EdgeConfig.builder()
        .listen("127.0.0.1", 0)
        .admin(new AdminConfig("127.0.0.1", 0, null))
        .drainDelay(Duration.ofMillis(100))
        .drainTimeout(Duration.ofSeconds(1))
        .live(live);
  }

  static LiveConfig.Builder live(String originUrl) {
    return LiveConfig.builder("/live/")
        .origin(originUrl)
        .maxLag(Duration.ofMinutes(1))
        .window(new WindowConfig(Duration.ofMinutes(1), 64 << 20))
        .connectTimeout(Duration.ofSeconds(1))
        .firstByteTimeout(Duration.ofSeconds(1))
        .stallTimeout(Duration.ofSeconds(20))
        .holdTimeout(Duration.ofSeconds(1));
  }

  InetSocketAddress http() {
    return address("http");
  }

  InetSocketAddress https() {
    return address("https");
  }

  InetSocketAddress admin() {
    return address("admin");
  }

  private InetSocketAddress address(String kind) {
    return edge.listeners().stream()
        .filter(listener -> listener.kind().equals(kind))
        .map(BoundListener::address)
        .findFirst()
        .orElseThrow();
  }

  /** Waits for a condition, with a deadline. */
  static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain until " + what);
      }
      Thread.onSpinWait();
    }
  }

  /** How many lines the access log has so far. */
  static long lines(Path log) {
    try {
      return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    edge.close();
  }
}
