package io.flvkit.edge.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens in the edge, counted. The edge calls these verbs; {@link #expose} is what Prometheus
 * reads. Times come in as milliseconds of any monotonic clock. Thread-safe.
 */
public final class EdgeMetrics {
  /** The {@code service} label of files on demand, which have no stream. */
  private static final String VOD = "vod";

  private static final String NO_STREAM = "";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Series series = new Series(registry);
  private final StreamLabels labels = new StreamLabels();
  private final Map<String, StreamMetrics> streams = new ConcurrentHashMap<>();
  private final StreamMetrics others = new StreamMetrics(StreamLabels.OTHER, series);

  /** Metrics of an edge of that version, with those of the JVM and the process. */
  public EdgeMetrics(String version) {
    Info.builder()
        .name("flv_build_info")
        .help("The version that runs.")
        .labelNames("version", "java")
        .register(registry)
        .setLabelValues(version, Runtime.version().toString());
    shapes("flv_stream_bitrate_bps", "Bits of media a second.", StreamShape::bitrateBps);
    shapes("flv_stream_fps", "Pictures a second.", StreamShape::fps);
    shapes("flv_stream_gop_seconds", "Last group of pictures.", StreamShape::gopSeconds);
    shapes(
        "flv_stream_last_keyframe_age_seconds",
        "Time since the last keyframe.",
        StreamShape::lastKeyframeAgeSeconds);
    JvmMetrics.builder().register(registry);
  }

  /**
   * A stream is there: its origin serves it. Gives it a label of its own if one is free. A stream
   * that was only asked for has none, else anybody could use them up.
   */
  public StreamMetrics streamStarted(String stream, long nowMillis) {
    synchronized (labels) {
      releaseLabels(nowMillis);
      return labels.started(stream)
          ? streams.computeIfAbsent(stream, name -> new StreamMetrics(name, series))
          : others;
    }
  }

  /** A stream is gone. Its label is kept for an hour. */
  public void streamEnded(String stream, long nowMillis) {
    synchronized (labels) {
      labels.ended(stream, nowMillis);
      stream(stream).ended();
    }
  }

  /** The counts of a stream; those of all others if it has no label of its own. */
  public StreamMetrics stream(String stream) {
    return streams.getOrDefault(stream, others);
  }

  /**
   * A request was answered.
   *
   * @param service {@code live}, {@code vod} or what else the edge serves
   * @param stream of a live request; null: it has none
   */
  public void answered(String service, @Nullable String stream, int status, String protocol) {
    String label = stream == null ? NO_STREAM : stream(stream).label();
    series.requests.labelValues(service, label, Integer.toString(status), protocol).inc();
  }

  /** Body bytes of a file went to a client. */
  public void fileSent(String protocol, long bytes) {
    series.egressBytes.labelValues(VOD, NO_STREAM, protocol).inc(bytes);
  }

  /** Bytes of a file came from an origin. */
  public void fileReceived(long bytes) {
    series.ingressBytes.labelValues(VOD, NO_STREAM).inc(bytes);
  }

  /** A request for a file was answered; {@code status} says how the cache took part. */
  public void cacheAnswered(String status) {
    series.cacheRequests.labelValues(status.toLowerCase(Locale.ROOT)).inc();
  }

  /** How many requests for files were answered with one of these words so far. */
  public long cacheAnswers(String... statuses) {
    double sum = 0;
    for (String status : statuses) {
      sum += series.cacheRequests.labelValues(status.toLowerCase(Locale.ROOT)).get();
    }
    return (long) sum;
  }

  /** Where to look how many bytes the caches of files take on disk; called once. */
  public void cacheBytes(LongSupplier bytes) {
    GaugeWithCallback.builder()
        .name("flv_cache_bytes")
        .help("Bytes of files in caches on disk.")
        .callback(callback -> callback.call((double) bytes.getAsLong()))
        .register(registry);
  }

  /** An origin, named by its URL in the configuration, served or failed to. */
  public void originUp(String origin, boolean up) {
    series.originUp.labelValues(origin).set(up ? 1 : 0);
  }

  /** An origin is no longer in the configuration. */
  public void originRemoved(String origin) {
    series.originUp.remove(origin);
  }

  /** A connection to an origin stood after this time. */
  public void originConnected(long millis) {
    series.originConnectSeconds.observe(millis / 1000.0);
  }

  /** A rule refused a request. */
  public void accessDenied(String rule, String reason) {
    series.accessDenied.labelValues(rule, reason).inc();
  }

  /** A limit, named by its key in the configuration, was reached. */
  public void limitHit(String limit) {
    series.limitHits.labelValues(limit).inc();
  }

  /** All metrics as text, in the format that an {@code Accept} header asks for; null: none came. */
  public Exposition expose(@Nullable String accept, long nowMillis) {
    synchronized (labels) {
      releaseLabels(nowMillis);
    }
    return Exposition.of(registry.scrape(), accept);
  }

  private void releaseLabels(long nowMillis) {
    for (String stream : labels.release(nowMillis)) {
      streams.remove(stream);
      series.forget(stream);
    }
  }

  private void shapes(String name, String help, Function<StreamShape, @Nullable Double> figure) {
    series.asked(name, help, "stream", callback -> shapesTo(callback, figure));
  }

  private void shapesTo(
      GaugeWithCallback.Callback callback, Function<StreamShape, @Nullable Double> figure) {
    streams.forEach(
        (stream, metrics) -> {
          StreamShape shape = metrics.shape();
          Double value = shape == null ? null : figure.apply(shape);
          if (value != null) {
            callback.call(value, stream);
          }
        });
  }
}
