package io.flvkit.edge.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts for one live response. {@link #sent} is cheap enough for every write. Thread-safe. */
public final class ViewerMetrics {
  private final Series series;
  private final String stream;
  private final GaugeDataPoint viewers;
  private final CounterDataPoint egressBytes;
  private final AtomicBoolean ended = new AtomicBoolean();

  ViewerMetrics(Series series, String stream, String protocol, String rendition) {
    this.series = series;
    this.stream = stream;
    this.viewers = series.viewers.labelValues(stream, protocol, rendition);
    this.egressBytes = series.egressBytes.labelValues(StreamMetrics.LIVE, stream, protocol);
    viewers.inc();
    series.viewerStarts.labelValues(stream, protocol).inc();
  }

  /** Body bytes went to the viewer. */
  public void sent(long bytes) {
    egressBytes.inc(bytes);
  }

  /** The first byte of the body went out, this long after the request came. */
  public void startedUp(long millis) {
    series.startupSeconds.observe(millis / 1000.0);
  }

  /** The viewer was this far behind the writer when it was looked at. */
  public void lag(long millis) {
    series.viewerLagSeconds.observe(millis / 1000.0);
  }

  /** The viewer went on at the newest keyframe. */
  public void jumped() {
    series.viewerJumps.labelValues(stream).inc();
  }

  /** The response is over. Only the first call counts. */
  public void ended(String reason) {
    if (ended.compareAndSet(false, true)) {
      viewers.dec();
      series.viewerEnds.labelValues(stream, reason).inc();
    }
  }
}
