package io.flvkit.edge.routing;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.live.LiveService;
import io.flvkit.edge.player.PlayerPage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Puts the routes of a configuration together. */
public final class Routing {
  private Routing() {}

  /** The handler of all requests of viewers. */
  public static EdgeHandler handler(EdgeConfig config, LiveService live, RandomGenerator random) {
    List<Route> routes = new ArrayList<>();
    config
        .live()
        .forEach(mount -> routes.add(new LiveRoute(mount, live, config.cacheStatusHeader())));
    if (config.player() != null) {
      routes.add(new PageRoute(config.player(), PlayerPage.load()));
    }
    return new Router(
        routes,
        config.trustedProxies(),
        new Cors(config.cors().allowOrigin(), config.cacheStatusHeader()),
        new RequestIds(random),
        InstantSource.system());
  }
}
