package io.flvkit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.FlvTag;
import io.flvkit.examples.Media;
import io.flvkit.examples.RawHttp;
import io.flvkit.examples.Viewing;
import io.flvkit.examples.origin.OriginOptions;
import io.flvkit.examples.origin.TestOrigin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An edge in a process that may open few files. */
@Timeout(180)
@EnabledOnOs(OS.LINUX)
class OpenFilesTest {
  private static final int OPEN_FILES = 400;
  private static final String REQUEST = "HEAD /live/demo.flv HTTP/1.1\r\nHost: a\r\n\r\n";

  @Test
  void accepting_pauses_before_the_files_run_out_and_goes_on_when_there_are_some(
      @TempDir Path folder) throws Exception {
    try (TestOrigin origin =
            TestOrigin.start(OriginOptions.builder().live("demo", Media.loop()).build());
        Spawned edge =
            Spawned.withOpenFiles(OPEN_FILES, "edge", "--config", config(folder, origin))) {
      List<String> lines = edge.linesUntilReady();
      InetSocketAddress http = address(Spawned.port(lines, "listen http 127.0.0.1:"));
      InetSocketAddress admin = address(Spawned.port(lines, "listen admin 127.0.0.1:"));
      try (Viewing viewer = Viewing.of(url(http))) {
        List<RawHttp> clients = new ArrayList<>();
        for (int i = 0; i < OPEN_FILES + 50; i++) {
          RawHttp client = RawHttp.open(http);
          client.send(REQUEST);
          clients.add(client);
        }

        String full = awaitMetric(admin, "flv_limit_hits_total{limit=\"openFiles\"}");
        viewer.nextThat(FlvTag::isKeyFrame);
        viewer.nextThat(FlvTag::isKeyFrame);

        assertThat(clients.get(0).readHead()).startsWith("HTTP/1.1 200 ");
        assertThat(RawHttp.get(admin, "/healthz")).startsWith("HTTP/1.1 200 ");
        assertThat(openFiles(full)).isLessThan(OPEN_FILES);

        for (RawHttp client : clients.subList(0, OPEN_FILES)) {
          client.close();
        }

        assertThat(clients.get(OPEN_FILES).readHead()).startsWith("HTTP/1.1 200 ");
        for (RawHttp client : clients) {
          client.close();
        }
        assertThat(RawHttp.get(http, "/missing")).startsWith("HTTP/1.1 404 ");
      }
      assertThat(edge.terminate()).isZero();
    }
  }

  private static URI url(InetSocketAddress http) {
    return URI.create("http://127.0.0.1:" + http.getPort() + "/live/demo.flv");
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static double openFiles(String metrics) {
    String name = "process_open_fds ";
    return metrics
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }

  private static String awaitMetric(InetSocketAddress admin, String name) throws Exception {
    long deadline = System.nanoTime() + 20_000_000_000L;
    String metrics = RawHttp.get(admin, "/metrics");
    while (!metrics.contains(name)) {
      assertThat(System.nanoTime() - deadline).as("still no " + name).isNegative();
      metrics = RawHttp.get(admin, "/metrics");
    }
    return metrics;
  }

  private static String config(Path folder, TestOrigin origin) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("edge.yaml"),
            """
            listen: [ { address: 127.0.0.1, port: 0 } ]
            admin: { address: 127.0.0.1, port: 0 }
            drainDelay: 0s
            drainTimeout: 1s
            live:
              - path: /live/
                origins: [ { url: "%s" } ]
            """
                .formatted(origin.uri("/live/")));
    return config.toString();
  }
}
