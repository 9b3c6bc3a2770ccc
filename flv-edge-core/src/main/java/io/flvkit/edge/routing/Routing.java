package io.flvkit.edge.routing;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.VodConfig;
import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.live.LiveEvents;
import io.flvkit.edge.live.LiveService;
import io.flvkit.edge.log.AccessLog;
import io.flvkit.edge.log.Redaction;
import io.flvkit.edge.metrics.EdgeMetrics;
import io.flvkit.edge.origin.OriginConnector;
import io.flvkit.edge.player.PlayerPage;
import io.flvkit.edge.vod.VodMounts;
import io.flvkit.edge.vod.VodService;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** Puts the routes of a configuration together. */
public final class Routing {
  private Routing() {}

  /**
   * The handler of all requests of viewers.
   *
   * @param connector opens requests for files to origins
   * @param disk runs what may block on the disk
   * @param seekers runs what may block on slices that have to come
   * @param files gets the mounts of files, and has their caches
   */
  public static EdgeHandler handler(
      EdgeConfig config,
      LiveService live,
      OriginConnector connector,
      Executor disk,
      Executor seekers,
      VodMounts files,
      EdgeMetrics metrics,
      AccessLog log,
      RandomGenerator random) {
    List<Route> routes = new ArrayList<>();
    config
        .live()
        .forEach(mount -> routes.add(new LiveRoute(mount, live, config.cacheStatusHeader())));
    OriginConnector marking = live.loop().marking(connector);
    List<VodService> services = new ArrayList<>();
    for (VodConfig mount : config.vod()) {
      VodService service =
          VodService.of(mount, config.cacheStatusHeader(), marking, disk, seekers, files.caches());
      services.add(service);
      routes.add(new VodRoute(mount, service, live.loop()));
    }
    files.replace(services);
    if (config.player() != null) {
      routes.add(new PageRoute(config.player(), PlayerPage.load()));
    }
    InstantSource clock = InstantSource.system();
    return new Router(
        routes,
        config.trustedProxies(),
        new Cors(config.cors().allowOrigin(), config.cacheStatusHeader()),
        new RequestIds(random),
        new Exchanges(metrics, log, redaction(routes), clock, config.cacheStatusHeader()),
        clock);
  }

  private static Redaction redaction(List<Route> routes) {
    Set<String> secrets = new HashSet<>();
    routes.forEach(route -> secrets.addAll(route.access().secretParameters()));
    return new Redaction(secrets);
  }

  /** Counts what happens to streams. */
  public static LiveEvents meteredStreams(EdgeMetrics metrics) {
    return new MeteredStreams(metrics, () -> System.nanoTime() / 1_000_000);
  }
}
