package io.flvkit.edge.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts for one live stream, or for all streams without a label of their own. Thread-safe. */
public final class StreamMetrics {
  /** The {@code service} label of live streams. */
  static final String LIVE = "live";

  private final String label;
  private final Series series;
  private final CounterDataPoint ingressBytes;
  private volatile @Nullable Supplier<StreamShape> shape;

  StreamMetrics(String label, Series series) {
    this.label = label;
    this.series = series;
    this.ingressBytes = series.ingressBytes.labelValues(LIVE, label);
  }

  /**
   * A live response began.
   *
   * @param protocol {@code h1}, {@code h2}, {@code h3} or {@code ws}
   * @param rendition {@code full}, {@code audio} or {@code video}
   * @return the viewer's own counts; end it by {@link ViewerMetrics#ended}
   */
  public ViewerMetrics viewerStarted(String protocol, String rendition) {
    return new ViewerMetrics(series, label, protocol, rendition);
  }

  /** Bytes came from the origin. */
  public void ingested(long bytes) {
    ingressBytes.inc(bytes);
  }

  /** The stream moved to another origin, or connected to its first. */
  public void originSwitched(String reason) {
    series.originSwitches.labelValues(label, reason).inc();
  }

  /** A timestamp was mended. */
  public void timestampFault(String kind) {
    series.timestampFaults.labelValues(label, kind).inc();
  }

  /**
   * Says where to ask for bitrate, frame rate and keyframes whenever somebody looks at the metrics,
   * on whichever thread that is. Streams that share a label have no such figures.
   */
  public void shape(Supplier<StreamShape> supplier) {
    shape = supplier;
  }

  @Nullable StreamShape shape() {
    Supplier<StreamShape> supplier = shape;
    return supplier == null ? null : supplier.get();
  }

  void ended() {
    shape = null;
  }

  String label() {
    return label;
  }
}
