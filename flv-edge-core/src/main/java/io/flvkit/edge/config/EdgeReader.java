package io.flvkit.edge.config;

import io.flvkit.edge.AdminConfig;
import io.flvkit.edge.CorsConfig;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.LimitsConfig;
import io.flvkit.edge.ListenConfig;
import io.flvkit.edge.PlayerConfig;
import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.access.AddressBlock;
import io.flvkit.edge.access.TrustedProxies;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the top of the file; mounts are {@link MountReader}'s. What cannot be read is noted and a
 * stand-in takes its place, so that the rest is still checked.
 */
final class EdgeReader {
  private static final ListenConfig ANYWHERE = new ListenConfig("0.0.0.0", 0);
  private static final PlayerConfig PLAYER = new PlayerConfig("/player/");

  private final Surroundings surroundings;
  private final MountReader mounts;
  private final TlsReader tls;

  EdgeReader(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.mounts = new MountReader(surroundings);
    this.tls = new TlsReader(surroundings);
  }

  EdgeConfig read(Section root) {
    EdgeConfig.Builder edge = EdgeConfig.builder();
    if (root.has("listen")) {
      root.items("listen").forEach(item -> edge.listen(listener(item.section())));
    } else {
      edge.listen(ANYWHERE);
    }
    edge.admin(admin(root));
    edge.trustedProxies(new TrustedProxies(root.list("trustedProxies", AddressBlock::parse)));
    edge.accessLog(accessLog(root));
    root.section("player").map(EdgeReader::player).ifPresent(edge::player);
    root.set("drainDelay", Units::duration, edge::drainDelay);
    root.set("drainTimeout", Units::duration, edge::drainTimeout);
    root.section("cors").map(EdgeReader::cors).ifPresent(edge::cors);
    root.set("cacheStatusHeader", Function.identity(), edge::cacheStatusHeader);
    root.section("limits").map(EdgeReader::limits).ifPresent(edge::limits);
    root.items("live").forEach(item -> edge.live(mounts.live(item)));
    root.items("vod").forEach(item -> edge.vod(mounts.vod(item)));
    root.done();
    return root.make(edge::build, EdgeConfig.builder().listen(ANYWHERE).build());
  }

  private ListenConfig listener(Section at) {
    String address = at.read("address", Function.identity(), ANYWHERE.address());
    int port = at.required("port", Units::integer, 0);
    Optional<Section> shown = at.section("tls");
    TlsConfig certificates = shown.map(tls::config).orElse(null);
    boolean proxyProtocol = at.read("proxyProtocol", Units::flag, false);
    boolean http3 = at.read("http3", Units::flag, false);
    boolean unread = shown.isPresent() && certificates == null; // and said so
    at.done();
    return at.make(
        () -> new ListenConfig(address, port, certificates, proxyProtocol, http3 && !unread),
        ANYWHERE);
  }

  private @Nullable AdminConfig admin(Section root) {
    return root.isNull("admin")
        ? null
        : root.section("admin").map(this::adminListener).orElse(AdminConfig.DEFAULT);
  }

  private AdminConfig adminListener(Section at) {
    String address = at.read("address", Function.identity(), AdminConfig.DEFAULT.address());
    int port = at.read("port", Units::integer, AdminConfig.DEFAULT.port());
    String token =
        at.value("tokenFile").map(file -> file.parsed(surroundings::bearerToken)).orElse(null);
    at.done();
    return at.make(() -> new AdminConfig(address, port, token), AdminConfig.DEFAULT);
  }

  private @Nullable String accessLog(Section root) {
    return root.isNull("accessLog")
        ? null
        : root.read("accessLog", this::logTarget, logTarget("access.log"));
  }

  private String logTarget(String text) {
    return text.equals("-") ? text : surroundings.path(text).toString();
  }

  private static PlayerConfig player(Section at) {
    String path = at.read("path", Function.identity(), PLAYER.path());
    at.done();
    return at.make(() -> new PlayerConfig(path), PLAYER);
  }

  private static CorsConfig cors(Section at) {
    String allowOrigin =
        at.read("allowOrigin", Function.identity(), CorsConfig.DEFAULT.allowOrigin());
    at.done();
    return at.make(() -> new CorsConfig(allowOrigin), CorsConfig.DEFAULT);
  }

  private static LimitsConfig limits(Section at) {
    LimitsConfig usual = LimitsConfig.DEFAULT;
    int connections = at.read("connections", Units::integer, usual.connections());
    int connectionsPerIp = at.read("connectionsPerIp", Units::integer, usual.connectionsPerIp());
    int viewers = at.read("viewers", Units::integer, usual.viewers());
    int viewersPerStream = at.read("viewersPerStream", Units::integer, usual.viewersPerStream());
    long memory = at.read("memory", Units::bytes, usual.memoryBytes());
    long headerBytes = at.read("headerBytes", Units::bytes, (long) usual.headerBytes());
    var headerTimeout = at.read("headerTimeout", Units::duration, usual.headerTimeout());
    at.done();
    return at.make(
        () ->
            new LimitsConfig(
                connections,
                connectionsPerIp,
                viewers,
                viewersPerStream,
                memory,
                (int) Math.min(Integer.MAX_VALUE, headerBytes),
                headerTimeout),
        usual);
  }
}
