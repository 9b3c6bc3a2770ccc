package io.flvkit.edge.routing;

import io.flvkit.edge.live.LiveEvents;
import io.flvkit.edge.live.StreamFigures;
import io.flvkit.edge.metrics.EdgeMetrics;
import io.flvkit.edge.metrics.StreamShape;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Counts what happens to streams, and tells operators of origins that fail.
 *
 * @param nowMillis a monotonic clock
 */
record MeteredStreams(EdgeMetrics metrics, LongSupplier nowMillis) implements LiveEvents {
  private static final Logger LOG = LoggerFactory.getLogger(MeteredStreams.class);

  @Override
  public void started(String stream, StreamFigures figures) {
    metrics.streamStarted(stream, nowMillis.getAsLong()).shape(() -> shape(figures));
  }

  private static StreamShape shape(StreamFigures figures) {
    Long bitrate = figures.bitrateBps();
    return new StreamShape(
        bitrate == null ? null : bitrate.doubleValue(),
        figures.fps(),
        figures.gopSeconds(),
        figures.keyFrameAgeSeconds());
  }

  @Override
  public void ended(String stream) {
    metrics.streamEnded(stream, nowMillis.getAsLong());
  }

  @Override
  public void ingested(String stream, long bytes) {
    metrics.stream(stream).ingested(bytes);
  }

  @Override
  public void originServes(String origin) {
    metrics.originUp(origin, true);
  }

  @Override
  public void originFailed(String stream, String origin, String reason, String detail) {
    // An origin that knows no such stream is there: without this, one outage would show for ever.
    boolean up = reason.startsWith("status-4");
    metrics.originUp(origin, up);
    // Strangers can ask for streams that are not there as often as they like: that is no warning.
    LOG.atLevel(up ? Level.DEBUG : Level.WARN)
        .log("{}: origin {} failed: {} ({})", stream, origin, reason, detail);
  }

  @Override
  public void originSwitched(String stream, String origin, @Nullable String reason) {
    metrics.stream(stream).originSwitched(reason == null ? "first" : reason);
    LOG.info("{}: served by {}", stream, origin);
  }

  @Override
  public void framingLost(String stream, @Nullable String origin, String detail) {
    LOG.warn("{}: broken framing from {}: {}", stream, origin, detail);
  }

  @Override
  public void timestampFault(String stream, String kind) {
    metrics.stream(stream).timestampFault(kind);
  }
}
