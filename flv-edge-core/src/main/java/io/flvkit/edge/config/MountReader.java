package io.flvkit.edge.config;

import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.OriginConfig;
import io.flvkit.edge.OriginPick;
import io.flvkit.edge.S3AccessKey;
import io.flvkit.edge.S3Config;
import io.flvkit.edge.TlsIdentity;
import io.flvkit.edge.VodCacheConfig;
import io.flvkit.edge.VodConfig;
import io.flvkit.edge.VodSource;
import io.flvkit.edge.WindowConfig;
import io.flvkit.edge.access.AccessPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads live and VOD mounts; stand-ins as in {@link EdgeReader}. */
final class MountReader {
  private static final OriginConfig NO_ORIGIN = OriginConfig.of("http://unreadable.invalid/");
  private static final Path NO_FOLDER = Path.of("unreadable");
  private static final VodSource NO_SOURCE = new VodSource.Directory(NO_FOLDER);

  private final Surroundings surroundings;
  private final AccessReader access;

  MountReader(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.access = new AccessReader(surroundings);
  }

  LiveConfig live(Value item) {
    Section at = item.section();
    LiveConfig.Builder mount = LiveConfig.builder(path(item, at));
    if (at.has("origins")) {
      at.items("origins").forEach(origin -> mount.origin(origin(origin.section())));
    } else {
      mount.origin(NO_ORIGIN);
    }
    String pick = at.read("pick", Units.oneOf("in-order", "consistent-hash"), "in-order");
    mount.pick(pick.equals("consistent-hash") ? OriginPick.CONSISTENT_HASH : OriginPick.IN_ORDER);
    at.set("connectTimeout", Units::duration, mount::connectTimeout);
    at.set("firstByteTimeout", Units::duration, mount::firstByteTimeout);
    at.set("stallTimeout", Units::duration, mount::stallTimeout);
    at.set("holdTimeout", Units::duration, mount::holdTimeout);
    at.set("holdDown", Units::duration, mount::holdDown);
    at.set("idleTimeout", Units::duration, mount::idleTimeout);
    at.set("viewerStallTimeout", Units::duration, mount::viewerStallTimeout);
    at.set("maxLag", Units::duration, mount::maxLag);
    at.set("latencyBudget", Units::duration, mount::latencyBudget);
    at.set("standby", Units::flag, mount::standby);
    mount.forwardQuery(at.list("forwardQuery", Function.identity()));
    mount.followRedirectsTo(at.list("followRedirectsTo", Function.identity()));
    at.section("window").map(MountReader::window).ifPresent(mount::window);
    mount.access(access(at));
    at.done();
    return at.make(mount::build, LiveConfig.builder(standInPath(item)).origin(NO_ORIGIN).build());
  }

  VodConfig vod(Value item) {
    Section at = item.section();
    String path = path(item, at);
    VodSource source = source(at);
    VodCacheConfig cache = at.section("cache").map(this::cache).orElse(null);
    AccessPolicy policy = access(at);
    at.done();
    return at.make(
        () -> new VodConfig(path, source, cache, policy),
        new VodConfig(standInPath(item), NO_SOURCE, null, policy));
  }

  private static String path(Value item, Section at) {
    return at.required("path", Function.identity(), standInPath(item));
  }

  /** A path that no other mount has. */
  private static String standInPath(Value item) {
    return "/" + item.key().replaceAll("[^a-z0-9]", "_") + "/";
  }

  private AccessPolicy access(Section mount) {
    return mount.section("access").map(access::policy).orElse(AccessPolicy.OPEN);
  }

  /**
   * A folder, a bucket or HTTP origins: {@code directory: D}, {@code origins: {directory: D}} or a
   * list.
   */
  private VodSource source(Section mount) {
    Optional<Value> directory = mount.value("directory");
    if (directory.isPresent()) {
      if (mount.value("origins").isPresent()) {
        mount.refuse("origins", "cannot stand beside a directory");
      }
      return folder(directory.get());
    }
    Optional<Value> s3 = mount.value("s3");
    if (s3.isPresent()) {
      if (mount.value("origins").isPresent()) {
        mount.refuse("origins", "cannot stand beside a bucket");
      }
      return bucket(s3.get().section());
    }
    if (!mount.has("origins")) {
      return NO_SOURCE;
    }
    List<Section> origins =
        mount.value("origins").map(Value::itemsOrOne).orElse(List.of()).stream()
            .map(Value::section)
            .toList();
    if (origins.size() == 1 && origins.get(0).value("directory").isPresent()) {
      Section only = origins.get(0);
      VodSource folder = only.value("directory").map(this::folder).orElse(NO_SOURCE);
      only.done();
      return folder;
    }
    if (origins.size() == 1 && origins.get(0).value("s3").isPresent()) {
      Section only = origins.get(0);
      VodSource bucket = only.section("s3").map(this::bucket).orElse(NO_SOURCE);
      only.done();
      return bucket;
    }
    List<OriginConfig> http = origins.stream().map(this::origin).toList();
    List<String> redirects = mount.list("followRedirectsTo", Function.identity());
    return mount.make(() -> new VodSource.Http(http, redirects), NO_SOURCE);
  }

  private VodCacheConfig cache(Section at) {
    VodCacheConfig usual = VodCacheConfig.in(NO_FOLDER);
    Path directory = at.required("directory", surroundings::path, NO_FOLDER);
    long bytes = at.read("bytes", Units::bytes, usual.bytes());
    long sliceBytes = at.read("sliceSize", Units::bytes, (long) usual.sliceBytes());
    Duration ttl = at.read("ttl", Units::duration, usual.ttl());
    Duration staleIfError = at.read("staleIfError", Units::duration, usual.staleIfError());
    long maxWholeBytes = at.read("maxWholeBytes", Units::bytes, usual.maxWholeBytes());
    at.done();
    return at.make(
        () ->
            new VodCacheConfig(
                directory,
                bytes,
                (int) Math.min(sliceBytes, Integer.MAX_VALUE),
                ttl,
                staleIfError,
                maxWholeBytes),
        usual);
  }

  private VodSource bucket(Section at) {
    URI endpoint = at.required("endpoint", OriginConfig::urlOf, NO_ORIGIN.url());
    String region = at.required("region", Function.identity(), "unreadable");
    String bucket = at.required("bucket", Function.identity(), "unreadable");
    String prefix = at.read("prefix", Function.identity(), "");
    S3AccessKey key =
        at.value("accessKeyFile")
            .map(file -> file.parsed(name -> S3AccessKey.parse(surroundings.text(name))))
            .orElse(null);
    at.done();
    return at.make(
        () -> new VodSource.S3(new S3Config(endpoint, region, bucket, prefix, key)), NO_SOURCE);
  }

  private VodSource folder(Value value) {
    Path path = value.parsed(surroundings::directory);
    return path == null ? NO_SOURCE : new VodSource.Directory(path);
  }

  private OriginConfig origin(Section at) {
    URI url = at.required("url", OriginConfig::urlOf, NO_ORIGIN.url());
    String host = at.value("host").map(Value::text).orElse(null);
    Map<String, String> headers = new HashMap<>();
    at.section("headers").map(Section::texts).ifPresent(headers::putAll);
    List<X509Certificate> ca =
        at.value("ca").map(file -> file.parsed(this::authorities)).orElse(List.of());
    at.done();
    return at.make(() -> new OriginConfig(url, host, headers, ca), NO_ORIGIN);
  }

  private List<X509Certificate> authorities(String file) {
    return TlsIdentity.certificatesOfPem(surroundings.text(file));
  }

  private static WindowConfig window(Section at) {
    var duration = at.read("duration", Units::duration, WindowConfig.DEFAULT.duration());
    long bytes = at.read("bytes", Units::bytes, WindowConfig.DEFAULT.bytes());
    at.done();
    return at.make(() -> new WindowConfig(duration, bytes), WindowConfig.DEFAULT);
  }
}
