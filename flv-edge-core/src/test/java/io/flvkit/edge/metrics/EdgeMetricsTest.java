package io.flvkit.edge.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeMetricsTest {
  private static final String STREAM = "/live/a.flv";
  private static final long HOUR = 3_600_000;

  private final EdgeMetrics metrics = new EdgeMetrics("1.2.3");

  @Test
  void viewers_are_counted_from_their_start_to_their_end() {
    StreamMetrics stream = metrics.streamStarted(STREAM, 0);

    ViewerMetrics first = stream.viewerStarted("h1", "full");
    stream.viewerStarted("h1", "audio");
    first.sent(1000);
    first.sent(24);
    first.jumped();
    first.ended("client-gone");

    assertThat(text(0))
        .contains(
            "flv_viewers{protocol=\"h1\",rendition=\"full\",stream=\"/live/a.flv\"} 0.0",
            "flv_viewers{protocol=\"h1\",rendition=\"audio\",stream=\"/live/a.flv\"} 1.0",
            "flv_viewer_starts_total{protocol=\"h1\",stream=\"/live/a.flv\"} 2.0",
            "flv_viewer_ends_total{reason=\"client-gone\",stream=\"/live/a.flv\"} 1.0",
            "flv_viewer_jumps_total{stream=\"/live/a.flv\"} 1.0",
            "flv_egress_bytes_total{protocol=\"h1\",service=\"live\",stream=\"/live/a.flv\"} 1024.0");
  }

  @Test
  void a_viewer_ends_only_once() {
    ViewerMetrics viewer = metrics.streamStarted(STREAM, 0).viewerStarted("h1", "full");

    viewer.ended("stalled");
    viewer.ended("client-gone");

    assertThat(text(0))
        .contains("flv_viewers{protocol=\"h1\",rendition=\"full\",stream=\"/live/a.flv\"} 0.0")
        .doesNotContain("client-gone");
  }

  @Test
  void every_event_has_its_series() {
    StreamMetrics stream = metrics.streamStarted(STREAM, 0);
    ViewerMetrics viewer = stream.viewerStarted("h1", "full");

    viewer.startedUp(40);
    viewer.lag(300);
    stream.ingested(5);
    stream.originSwitched("stall");
    stream.timestampFault("back-step");
    metrics.answered("live", STREAM, 200, "h1");
    metrics.answered("vod", null, 206, "h1");
    metrics.fileSent("h1", 7);
    metrics.fileReceived(8);
    metrics.originUp("http://127.0.0.1:9000/live/", true);
    metrics.originConnected(3);
    metrics.accessDenied("token", "expired");
    metrics.limitHit("viewers");

    assertThat(text(0))
        .contains(
            "flv_startup_seconds_bucket{le=\"0.05\"} 1",
            "flv_startup_seconds_sum 0.04",
            "flv_viewer_lag_seconds_bucket{le=\"0.35\"} 1",
            "flv_ingress_bytes_total{service=\"live\",stream=\"/live/a.flv\"} 5.0",
            "flv_origin_switches_total{reason=\"stall\",stream=\"/live/a.flv\"} 1.0",
            "flv_timestamp_faults_total{kind=\"back-step\",stream=\"/live/a.flv\"} 1.0",
            "flv_requests_total{protocol=\"h1\",service=\"live\",status=\"200\",stream=\"/live/a.flv\"} 1.0",
            "flv_requests_total{protocol=\"h1\",service=\"vod\",status=\"206\",stream=\"\"} 1.0",
            "flv_egress_bytes_total{protocol=\"h1\",service=\"vod\",stream=\"\"} 7.0",
            "flv_ingress_bytes_total{service=\"vod\",stream=\"\"} 8.0",
            "flv_origin_up{origin=\"http://127.0.0.1:9000/live/\"} 1.0",
            "flv_origin_connect_seconds_count 1",
            "flv_access_denied_total{reason=\"expired\",rule=\"token\"} 1.0",
            "flv_limit_hits_total{limit=\"viewers\"} 1.0",
            "version=\"1.2.3\"");
  }

  @Test
  void the_jvm_and_the_process_are_seen_too() {
    assertThat(text(0)).contains("\njvm_memory_used_bytes{", "\nprocess_cpu_seconds_total ");
  }

  @Test
  void the_shape_of_a_stream_is_asked_for_when_somebody_looks() {
    metrics.streamStarted(STREAM, 0).shape(() -> new StreamShape(2_000_000.0, 25.0, null, 0.5));

    assertThat(text(0))
        .contains(
            "flv_stream_bitrate_bps{stream=\"/live/a.flv\"} 2000000.0",
            "flv_stream_fps{stream=\"/live/a.flv\"} 25.0",
            "flv_stream_last_keyframe_age_seconds{stream=\"/live/a.flv\"} 0.5")
        .doesNotContain("flv_stream_gop_seconds{");
  }

  @Test
  void a_stream_that_ended_has_no_shape_but_its_counts() {
    StreamMetrics stream = metrics.streamStarted(STREAM, 0);
    stream.shape(() -> new StreamShape(1.0, 1.0, 1.0, 1.0));
    stream.ingested(5);

    metrics.streamEnded(STREAM, 10);

    assertThat(text(10 + HOUR - 1))
        .contains("flv_ingress_bytes_total{service=\"live\",stream=\"/live/a.flv\"} 5.0")
        .doesNotContain("flv_stream_fps{");
  }

  @Test
  void the_hundred_and_first_stream_is_other() {
    for (int i = 0; i < 101; i++) {
      metrics.streamStarted("/live/" + i + ".flv", 0).ingested(i);
    }

    assertThat(text(0))
        .contains(
            "flv_ingress_bytes_total{service=\"live\",stream=\"/live/99.flv\"} 99.0",
            "flv_ingress_bytes_total{service=\"live\",stream=\"other\"} 100.0")
        .doesNotContain("/live/100.flv");
  }

  @Test
  void a_stream_that_was_only_asked_for_is_other() {
    metrics.answered("live", "/live/nobody.flv", 404, "h1");

    assertThat(text(0)).contains("status=\"404\",stream=\"other\"}").doesNotContain("nobody");
  }

  @Test
  void a_label_is_given_back_an_hour_after_the_end() {
    for (int i = 0; i < 100; i++) {
      metrics.streamStarted("/live/" + i + ".flv", 0).ingested(1);
    }
    metrics.streamEnded("/live/7.flv", 1000);

    metrics.streamStarted("/live/early.flv", 1000 + HOUR - 1).ingested(1);
    metrics.streamStarted("/live/late.flv", 1000 + HOUR).ingested(1);

    assertThat(text(1000 + HOUR))
        .contains("stream=\"/live/late.flv\"", "stream=\"/live/8.flv\"")
        .doesNotContain("/live/early.flv", "/live/7.flv");
  }

  @Test
  void a_stream_that_comes_back_within_the_hour_goes_on_counting() {
    metrics.streamStarted(STREAM, 0).ingested(1);
    metrics.streamEnded(STREAM, 0);
    metrics.streamStarted(STREAM, HOUR - 1).ingested(2);

    assertThat(text(3 * HOUR))
        .contains("flv_ingress_bytes_total{service=\"live\",stream=\"/live/a.flv\"} 3.0");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      textBlock =
          """
          none                                                    | text/plain; version=0.0.4
          */*                                                     | text/plain; version=0.0.4
          text/plain                                              | text/plain; version=0.0.4
          application/openmetrics-text; version=1.0.0             | application/openmetrics-text; version=1.0.0
          application/openmetrics-text;q=0.6,text/plain;q=0.5     | application/openmetrics-text; version=1.0.0
          """)
  void the_reader_chooses_the_format(String accept, String contentType) {
    Exposition answer = metrics.expose(accept, 0);

    assertThat(answer.contentType()).startsWith(contentType);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8).endsWith("# EOF\n"))
        .isEqualTo(contentType.startsWith("application/openmetrics-text"));
  }

  private String text(long nowMillis) {
    return new String(metrics.expose(null, nowMillis).body(), StandardCharsets.UTF_8);
  }
}
