package io.flvkit.edge.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.StatefulMetric;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The metrics of the contract by name, and which of them have a label per stream. */
final class Series {
  /** Label sets with a stream, removed when the stream gives its label back. */
  private final List<StatefulMetric<?, ?>> perStream = new ArrayList<>();

  private final PrometheusRegistry registry;

  final Gauge viewers;
  final Counter viewerStarts;
  final Counter viewerEnds;
  final Counter viewerJumps;
  final Counter requests;
  final Counter egressBytes;
  final Counter ingressBytes;
  final Counter originSwitches;
  final Counter timestampFaults;
  final Counter accessDenied;
  final Counter limitHits;
  final Counter cacheRequests;
  final Gauge originUp;
  final Histogram startupSeconds;
  final Histogram viewerLagSeconds;
  final Histogram originConnectSeconds;

  Series(PrometheusRegistry registry) {
    this.registry = registry;
    viewers =
        streamGauge("flv_viewers", "Running live responses.", "stream", "protocol", "rendition");
    viewerStarts =
        streamCounter("flv_viewer_starts_total", "Live responses begun.", "stream", "protocol");
    viewerEnds =
        streamCounter("flv_viewer_ends_total", "Live responses ended.", "stream", "reason");
    viewerJumps =
        streamCounter(
            "flv_viewer_jumps_total",
            "Slow viewers that went on at the newest keyframe.",
            "stream");
    requests =
        streamCounter(
            "flv_requests_total", "Requests answered.", "service", "stream", "status", "protocol");
    egressBytes =
        streamCounter(
            "flv_egress_bytes_total", "Body bytes to clients.", "service", "stream", "protocol");
    ingressBytes =
        streamCounter("flv_ingress_bytes_total", "Bytes from origins.", "service", "stream");
    originSwitches =
        streamCounter("flv_origin_switches_total", "Moves to another origin.", "stream", "reason");
    timestampFaults =
        streamCounter(
            "flv_timestamp_faults_total", "Timestamps that were mended.", "stream", "kind");
    accessDenied = counter("flv_access_denied_total", "Requests refused.", "rule", "reason");
    limitHits = counter("flv_limit_hits_total", "Limits reached.", "limit");
    cacheRequests =
        counter(
            "flv_cache_requests_total", "Requests for files by the part of the cache.", "status");
    originUp = gauge("flv_origin_up", "1 if the origin served when last asked.", "origin");
    startupSeconds =
        histogram(
            "flv_startup_seconds",
            "From a live request to the first byte of its body.",
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10);
    viewerLagSeconds =
        histogram(
            "flv_viewer_lag_seconds",
            "How far viewers are behind the writer.",
            0.05,
            0.1,
            0.2,
            0.35,
            0.5,
            0.75,
            1,
            2,
            3,
            5,
            10);
    originConnectSeconds =
        histogram(
            "flv_origin_connect_seconds",
            "From asking an origin to the connection.",
            0.001,
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2,
            5);
  }

  /** A gauge that is asked for when somebody looks. */
  void asked(String name, String help, String label, Consumer<GaugeWithCallback.Callback> answer) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .callback(answer)
        .register(registry);
  }

  /** Takes every series of a stream away. */
  void forget(String stream) {
    perStream.forEach(metric -> metric.removeIf(labels -> labels.contains(stream)));
  }

  private Counter streamCounter(String name, String help, String... labels) {
    Counter counter = counter(name, help, labels);
    perStream.add(counter);
    return counter;
  }

  private Gauge streamGauge(String name, String help, String... labels) {
    Gauge gauge = gauge(name, help, labels);
    perStream.add(gauge);
    return gauge;
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private Gauge gauge(String name, String help, String... labels) {
    return Gauge.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private Histogram histogram(String name, String help, double... bounds) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .classicOnly()
        .classicUpperBounds(bounds)
        .withoutExemplars()
        .register(registry);
  }
}
