package io.flvkit.examples.demo;

import io.flvkit.edge.AdminConfig;
import io.flvkit.edge.BoundListener;
import io.flvkit.edge.Edge;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.ListenConfig;
import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.PlayerConfig;
import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.VodConfig;
import io.flvkit.examples.HostPort;
import io.flvkit.examples.origin.OriginOptions;
import io.flvkit.examples.origin.TestOrigin;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * An origin that loops a clip as live and holds a file, an edge in front of it, and the player page
 * at the edge's root. Only loopback addresses are used; only the edge's port is given.
 */
public final class Demo implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final DemoFiles files;
  private final TestOrigin origin;
  private final Edge edge;

  private Demo(DemoFiles files, TestOrigin origin, Edge edge) {
    this.files = files;
    this.origin = origin;
    this.edge = edge;
  }

  /**
   * Starts all of it.
   *
   * @param port of the edge; 0 takes a free one
   * @throws io.flvkit.edge.EdgeException if the port is taken
   */
  public static Demo start(int port) {
    return start(new ListenConfig(LOOPBACK, port));
  }

  /** As {@link #start}, the edge in TLS with a new certificate that nobody trusts. */
  public static Demo startTls(int port) {
    return start(new ListenConfig(LOOPBACK, port, TlsConfig.of(LocalCertificate.make())));
  }

  private static Demo start(ListenConfig listen) {
    DemoFiles files = DemoFiles.unpack();
    try {
      TestOrigin origin = TestOrigin.start(originOptions(files));
      try {
        return new Demo(files, origin, Edge.start(edgeConfig(listen, origin)));
      } catch (RuntimeException e) {
        origin.close();
        throw e;
      }
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private static OriginOptions originOptions(DemoFiles files) {
    return OriginOptions.builder()
        .live("demo", files.liveClip())
        .vodDirectory(files.vodFolder())
        .stamp(true)
        .admin()
        .build();
  }

  private static EdgeConfig edgeConfig(ListenConfig listen, TestOrigin origin) {
    return EdgeConfig.builder()
        .listen(listen)
        .admin(new AdminConfig(LOOPBACK, 0, null))
        .live(LiveConfig.of("/live/", origin.uri("/live/").toString()))
        .vod(VodConfig.origins("/vod/", origin.uri("/vod/").toString()))
        .player(new PlayerConfig("/"))
        .build();
  }

  /** The player page. */
  public URI page() {
    return edgeUri("/");
  }

  /** The live stream, at the edge. */
  public URI live() {
    return edgeUri("/live/demo.flv");
  }

  /** The file, at the edge. */
  public URI vod() {
    return edgeUri("/vod/demo.flv");
  }

  /** The edge's metrics and health. */
  public URI admin() {
    return URI.create("http://" + HostPort.print(listener("admin")) + "/");
  }

  /** The origin behind the edge, for faults and for publishing to it. */
  public TestOrigin origin() {
    return origin;
  }

  private URI edgeUri(String path) {
    BoundListener edgeListener = edge.listeners().get(0);
    return URI.create(
        edgeListener.kind() + "://localhost:" + edgeListener.address().getPort() + path);
  }

  private InetSocketAddress listener(String kind) {
    return edge.listeners().stream()
        .filter(listener -> listener.kind().equals(kind))
        .map(BoundListener::address)
        .findFirst()
        .orElseThrow();
  }

  /** Stops the edge and the origin at once, and deletes the clips. */
  @Override
  public void close() {
    edge.close();
    origin.close();
    files.close();
  }
}
