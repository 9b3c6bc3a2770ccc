package io.flvkit.examples.browser;

import io.flvkit.edge.BoundListener;
import io.flvkit.edge.Edge;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.PlayerConfig;
import io.flvkit.edge.VodCacheConfig;
import io.flvkit.edge.VodConfig;
import io.flvkit.examples.Media;
import io.flvkit.examples.origin.Fault;
import io.flvkit.examples.origin.OriginOptions;
import io.flvkit.examples.origin.TestOrigin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the browsers visit: an edge with the page at {@code /}, and behind it an origin with live
 * streams ({@code demo}, {@code second}, {@code hevc}) and files ({@code long}, {@code hevc}).
 */
record Site(TestOrigin origin, Edge edge, URI base) implements AutoCloseable {
  /** More than a player fetches ahead at once: three minutes and some megabytes. */
  static final int VOD_SECONDS = 1500;

  static Site start(Path folder) throws IOException {
    LongClip.write(folder.resolve("long.flv"), VOD_SECONDS);
    Files.copy(Media.file("hevc_aac.flv"), folder.resolve("hevc.flv"));
    TestOrigin origin =
        TestOrigin.start(
            OriginOptions.builder()
                .live("demo", Media.loop())
                .live("second", Media.loop())
                .live("hevc", Media.file("hevc_aac.flv"))
                .vodDirectory(folder)
                .stamp(true)
                .build());
    Edge edge = Edge.start(config(origin, folder.resolve("cache")));
    BoundListener http = edge.listeners().get(0);
    return new Site(origin, edge, URI.create("http://127.0.0.1:" + http.address().getPort()));
  }

  private static EdgeConfig config(TestOrigin origin, Path cache) {
    return EdgeConfig.builder()
        .listen("127.0.0.1", 0)
        .player(new PlayerConfig("/"))
        .live(
            LiveConfig.builder("/live/")
                .origin(origin.uri("/live/").toString())
                .holdTimeout(Duration.ofMillis(500))
                .holdDown(Duration.ZERO)
                .build())
        .vod(
            VodConfig.origins("/vod/", origin.uri("/vod/").toString())
                .withCache(VodCacheConfig.in(cache)))
        .build();
  }

  /** A path with its query on the edge. */
  URI at(String path) {
    return base.resolve(path);
  }

  /** The demo page, told by its query which long file there is, and whatever else. */
  URI page(String query) {
    String vod = "vod=/vod/long.flv";
    return base.resolve(query.isEmpty() ? "/?" + vod : "/" + query + "&" + vod);
  }

  /** Takes a stream of the origin down: cut off now, refused from now on. */
  void takeDown(String stream) {
    origin.fault(stream, Fault.STATUS_503, 0);
    origin.fault(stream, Fault.CUT, 0);
  }

  /** Ends {@link #takeDown}. */
  void bringBack(String stream) {
    origin.fault(stream, Fault.NONE, 0);
  }

  /** Publishes the live stream to the origin under a second name. */
  Publisher publish(String stream) throws IOException, InterruptedException {
    return Publisher.start(origin.uri("/live/demo.flv"), origin.uri("/live/" + stream + ".flv"));
  }

  @Override
  public void close() {
    edge.close();
    origin.close();
  }
}
