package io.flvkit.edge.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The metrics as text.
 *
 * @param contentType of the answer
 * @param body of the answer, UTF-8; owned by the caller
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Exposition(String contentType, byte[] body) {
  private static final ExpositionFormatWriter OPEN_METRICS = OpenMetricsTextFormatWriter.create();
  private static final ExpositionFormatWriter TEXT = PrometheusTextFormatWriter.create();

  /** In OpenMetrics if {@code accept} names it, else in the text format 0.0.4 of Prometheus. */
  static Exposition of(MetricSnapshots snapshots, @Nullable String accept) {
    ExpositionFormatWriter writer = OPEN_METRICS.accepts(accept) ? OPEN_METRICS : TEXT;
    ByteArrayOutputStream body = new ByteArrayOutputStream(16 << 10);
    try {
      writer.write(body, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return new Exposition(writer.getContentType(), body.toByteArray());
  }
}
