package io.flvkit.edge;

import io.flvkit.edge.access.TrustedProxies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything an edge is told at its start, and again at a reload. Immutable. Make one with {@link
 * #builder}; {@code io.flvkit.edge.config.ConfigFile} reads one from YAML.
 *
 * @param listen where viewers connect; at least one
 * @param admin where metrics and health are served; null: nowhere
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param accessLog a file, {@code "-"} for standard output, or null for none
 * @param player the demo player page; null: none
 * @param drainDelay how long listeners stay open after the edge was told to stop
 * @param drainTimeout how long running responses may go on after that
 * @param cors which web pages may read the answers
 * @param cacheStatusHeader the name of the header that says HIT or MISS
 * @param limits the bounds of the whole edge
 * @param live live mounts
 * @param vod mounts of files on demand
 */
public record EdgeConfig(
    List<ListenConfig> listen,
    @Nullable AdminConfig admin,
    TrustedProxies trustedProxies,
    @Nullable String accessLog,
    @Nullable PlayerConfig player,
    Duration drainDelay,
    Duration drainTimeout,
    CorsConfig cors,
    String cacheStatusHeader,
    LimitsConfig limits,
    List<LiveConfig> live,
    List<VodConfig> vod) {

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");

  public EdgeConfig {
    Checks checks =
        new Checks()
            .require(!listen.isEmpty(), "listen", "must name at least one address and port")
            .notNegative("drainDelay", drainDelay)
            .notNegative("drainTimeout", drainTimeout)
            .matches(
                "cacheStatusHeader",
                cacheStatusHeader,
                HEADER,
                "must be a header name of letters, digits and -");
    Overlaps.ofListeners(checks, listen, admin);
    Overlaps.ofMounts(checks, live, vod, player);
    Overlaps.ofCaches(checks, vod);
    checks.done();
    listen = List.copyOf(listen);
    live = List.copyOf(live);
    vod = List.copyOf(vod);
  }

  /** The defaults of the manual, without a listener, a mount and an access log. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the settings of an edge; confined to one thread. */
  public static final class Builder {
    private final List<ListenConfig> listen = new ArrayList<>();
    private final List<LiveConfig> live = new ArrayList<>();
    private final List<VodConfig> vod = new ArrayList<>();
    private @Nullable AdminConfig admin = AdminConfig.DEFAULT;
    private TrustedProxies trustedProxies = TrustedProxies.NONE;
    private @Nullable String accessLog;
    private @Nullable PlayerConfig player;
    private Duration drainDelay = Duration.ofSeconds(5);
    private Duration drainTimeout = Duration.ofSeconds(30);
    private CorsConfig cors = CorsConfig.DEFAULT;
    private String cacheStatusHeader = "X-Cache-Status";
    private LimitsConfig limits = LimitsConfig.DEFAULT;

    private Builder() {}

    public Builder listen(String address, int port) {
      return listen(new ListenConfig(address, port));
    }

    public Builder listen(ListenConfig value) {
      listen.add(value);
      return this;
    }

    public Builder live(LiveConfig mount) {
      live.add(mount);
      return this;
    }

    public Builder vod(VodConfig mount) {
      vod.add(mount);
      return this;
    }

    public Builder admin(@Nullable AdminConfig value) {
      admin = value;
      return this;
    }

    public Builder trustedProxies(TrustedProxies value) {
      trustedProxies = value;
      return this;
    }

    public Builder accessLog(@Nullable String value) {
      accessLog = value;
      return this;
    }

    public Builder player(@Nullable PlayerConfig value) {
      player = value;
      return this;
    }

    public Builder drainDelay(Duration value) {
      drainDelay = value;
      return this;
    }

    public Builder drainTimeout(Duration value) {
      drainTimeout = value;
      return this;
    }

    public Builder cors(CorsConfig value) {
      cors = value;
      return this;
    }

    public Builder cacheStatusHeader(String value) {
      cacheStatusHeader = value;
      return this;
    }

    public Builder limits(LimitsConfig value) {
      limits = value;
      return this;
    }

    /** Throws {@link ConfigException} that names each value out of range. */
    public EdgeConfig build() {
      return new EdgeConfig(
          listen,
          admin,
          trustedProxies,
          accessLog,
          player,
          drainDelay,
          drainTimeout,
          cors,
          cacheStatusHeader,
          limits,
          live,
          vod);
    }
  }
}
