package io.flvkit.edge;

import io.flvkit.edge.access.AccessPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A mount that serves live streams. Make one with {@link #builder}.
 *
 * @param path the mount: starts and ends with a slash
 * @param origins at least one
 * @param pick which of them is asked first
 * @param connectTimeout the most that connecting to an origin may take
 * @param firstByteTimeout the most that an origin may take from the request to its first tag
 * @param stallTimeout an origin without a complete tag for this long is left
 * @param holdTimeout how long viewers are kept while no origin serves
 * @param holdDown the least time between two switches of the origin
 * @param idleTimeout how long a pull goes on after its last viewer left
 * @param viewerStallTimeout a viewer that takes nothing for this long is closed
 * @param maxLag a viewer further behind goes on at the newest keyframe
 * @param latencyBudget the most that merging of writes may add
 * @param standby whether a second origin is kept connected while viewers watch
 * @param forwardQuery query parameters of the viewer that are passed to the origin
 * @param followRedirectsTo {@code host} or {@code host:port} that an origin may redirect to,
 *     besides itself
 * @param window what is kept in memory
 * @param access who may watch
 */
public record LiveConfig(
    String path,
    List<OriginConfig> origins,
    OriginPick pick,
    Duration connectTimeout,
    Duration firstByteTimeout,
    Duration stallTimeout,
    Duration holdTimeout,
    Duration holdDown,
    Duration idleTimeout,
    Duration viewerStallTimeout,
    Duration maxLag,
    Duration latencyBudget,
    boolean standby,
    List<String> forwardQuery,
    List<String> followRedirectsTo,
    WindowConfig window,
    AccessPolicy access) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~-]+");

  public LiveConfig {
    Checks checks =
        new Checks()
            .mountPath("path", path)
            .require(!origins.isEmpty(), "origins", "must name at least one")
            .positive("connectTimeout", connectTimeout)
            .positive("firstByteTimeout", firstByteTimeout)
            .positive("stallTimeout", stallTimeout)
            .notNegative("holdTimeout", holdTimeout)
            .notNegative("holdDown", holdDown)
            .notNegative("idleTimeout", idleTimeout)
            .positive("viewerStallTimeout", viewerStallTimeout)
            .positive("maxLag", maxLag)
            .notNegative("latencyBudget", latencyBudget);
    for (int i = 0; i < forwardQuery.size(); i++) {
      checks.matches(
          "forwardQuery[" + i + "]", forwardQuery.get(i), NAME, "must be a parameter name");
    }
    checks.hosts("followRedirectsTo", followRedirectsTo).done();
    origins = List.copyOf(origins);
    forwardQuery = List.copyOf(forwardQuery);
    followRedirectsTo = List.copyOf(followRedirectsTo);
  }

  /** A mount at {@code path} with the defaults of the manual; it still needs an origin. */
  public static Builder builder(String path) {
    return new Builder(path);
  }

  /** A mount at {@code path} with one origin and the defaults of the manual. */
  public static LiveConfig of(String path, String originUrl) {
    return builder(path).origin(originUrl).build();
  }

  /** Collects the settings of a mount; confined to one thread. */
  public static final class Builder {
    private final String path;
    private final List<OriginConfig> origins = new ArrayList<>();
    private OriginPick pick = OriginPick.IN_ORDER;
    private Duration connectTimeout = Duration.ofSeconds(2);
    private Duration firstByteTimeout = Duration.ofSeconds(5);
    private Duration stallTimeout = Duration.ofSeconds(3);
    private Duration holdTimeout = Duration.ofSeconds(10);
    private Duration holdDown = Duration.ofSeconds(10);
    private Duration idleTimeout = Duration.ofSeconds(30);
    private Duration viewerStallTimeout = Duration.ofSeconds(20);
    private Duration maxLag = Duration.ofSeconds(5);
    private Duration latencyBudget = Duration.ofMillis(200);
    private boolean standby;
    private List<String> forwardQuery = List.of();
    private List<String> followRedirectsTo = List.of();
    private WindowConfig window = WindowConfig.DEFAULT;
    private AccessPolicy access = AccessPolicy.OPEN;

    private Builder(String path) {
      this.path = path;
    }

    public Builder origin(String url) {
      return origin(OriginConfig.of(url));
    }

    public Builder origin(OriginConfig origin) {
      origins.add(origin);
      return this;
    }

    public Builder pick(OriginPick value) {
      pick = value;
      return this;
    }

    public Builder connectTimeout(Duration value) {
      connectTimeout = value;
      return this;
    }

    public Builder firstByteTimeout(Duration value) {
      firstByteTimeout = value;
      return this;
    }

    public Builder stallTimeout(Duration value) {
      stallTimeout = value;
      return this;
    }

    public Builder holdTimeout(Duration value) {
      holdTimeout = value;
      return this;
    }

    public Builder holdDown(Duration value) {
      holdDown = value;
      return this;
    }

    public Builder idleTimeout(Duration value) {
      idleTimeout = value;
      return this;
    }

    public Builder viewerStallTimeout(Duration value) {
      viewerStallTimeout = value;
      return this;
    }

    public Builder maxLag(Duration value) {
      maxLag = value;
      return this;
    }

    public Builder latencyBudget(Duration value) {
      latencyBudget = value;
      return this;
    }

    public Builder standby(boolean value) {
      standby = value;
      return this;
    }

    public Builder forwardQuery(List<String> names) {
      forwardQuery = List.copyOf(names);
      return this;
    }

    public Builder followRedirectsTo(List<String> hosts) {
      followRedirectsTo = List.copyOf(hosts);
      return this;
    }

    public Builder window(WindowConfig value) {
      window = value;
      return this;
    }

    public Builder access(AccessPolicy value) {
      access = value;
      return this;
    }

    /** Throws {@link ConfigException} that names each value out of range. */
    public LiveConfig build() {
      return new LiveConfig(
          path,
          origins,
          pick,
          connectTimeout,
          firstByteTimeout,
          stallTimeout,
          holdTimeout,
          holdDown,
          idleTimeout,
          viewerStallTimeout,
          maxLag,
          latencyBudget,
          standby,
          forwardQuery,
          followRedirectsTo,
          window,
          access);
    }
  }
}
