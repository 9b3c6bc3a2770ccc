package io.flvkit.examples.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.codec.FlvTag;
import io.flvkit.examples.Media;
import io.flvkit.examples.RawHttp;
import io.flvkit.examples.Viewing;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class FaultTest {
  private TestOrigin origin;

  @BeforeEach
  void start() {
    origin = TestOrigin.start(OriginOptions.builder().live("demo", Media.loop()).admin().build());
  }

  @AfterEach
  void stop() {
    origin.close();
  }

  @Test
  void status_503_is_what_new_viewers_get_until_none() throws Exception {
    set("kind=status-503");

    assertThat(RawHttp.get(origin.address(), "/live/demo.flv")).startsWith("HTTP/1.1 503 ");
    assertThat(RawHttp.get(origin.address(), "/live/demo.flv")).startsWith("HTTP/1.1 503 ");

    set("kind=none");

    try (Viewing viewing = view()) {
      assertThat(viewing.status()).isEqualTo(200);
    }
  }

  @Test
  void reset_is_a_TCP_reset_after_the_request() throws Exception {
    set("kind=reset");

    assertThatThrownBy(() -> RawHttp.get(origin.address(), "/live/demo.flv"))
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void stall_keeps_the_connection_and_stops_the_bytes_until_none() throws Exception {
    try (Viewing running = view()) {
      running.nextThat(FlvTag::isKeyFrame);

      set("kind=stall");

      try (Viewing fresh = view()) {
        assertThat(fresh.status()).isEqualTo(200);
        set("kind=none");
        FlvTag first = fresh.nextThat(FlvTag::isCodedMedia);
        assertThat(first.isKeyFrame()).isTrue();
      }
      running.nextThat(FlvTag::isSequenceHeader);
      assertThat(running.nextThat(FlvTag::isCodedMedia).isKeyFrame()).isTrue();
    }
  }

  @Test
  void cut_ends_the_responses_within_a_tag_and_leaves_the_stream() throws Exception {
    try (Viewing viewing = view()) {
      viewing.nextThat(FlvTag::isKeyFrame);

      set("kind=cut");

      assertThatThrownBy(viewing::rest).isInstanceOf(IOException.class);
    }
    try (Viewing again = view()) {
      assertThat(again.nextThat(FlvTag::isCodedMedia).isKeyFrame()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {60_000, -5_000, 2_147_483_647L})
  void timestamp_jump_moves_all_tracks_at_once(long millis) throws Exception {
    try (Viewing viewing = view()) {
      FlvTag before = viewing.nextThat(FlvTag::isCodedMedia);

      set("kind=timestamp-jump&millis=" + millis);

      long jumped = before.timestampMillis() + millis;
      FlvTag video = viewing.nextThat(tag -> tag.isVideo() && isNear(tag, jumped));
      FlvTag audio = viewing.nextThat(FlvTag::isAudio);
      assertThat(isNear(audio, video.timestampMillis())).isTrue();
    }
  }

  @Test
  void that_stands_holds_for_a_stream_to_come() throws Exception {
    assertThat(post("/fault?stream=cam&kind=status-503")).startsWith("HTTP/1.1 204 ");

    assertThat(RawHttp.get(origin.address(), "/live/cam.flv")).startsWith("HTTP/1.1 503 ");
  }

  @Test
  void that_is_not_understood_changes_nothing() throws Exception {
    assertThat(post("/fault?stream=demo&kind=earthquake")).startsWith("HTTP/1.1 400 ");
    assertThat(post("/fault?kind=stall")).startsWith("HTTP/1.1 400 ");
    assertThat(post("/fault?stream=demo&kind=timestamp-jump")).startsWith("HTTP/1.1 400 ");
    assertThat(post("/fault?stream=demo&kind=timestamp-jump&millis=soon"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(post("/fault?stream=other&kind=cut")).startsWith("HTTP/1.1 404 ");
    assertThat(post("/other")).startsWith("HTTP/1.1 404 ");
    assertThat(RawHttp.get(origin.adminAddress().orElseThrow(), "/fault?stream=demo&kind=stall"))
        .startsWith("HTTP/1.1 405 ");
    try (Viewing viewing = view()) {
      assertThat(viewing.nextThat(FlvTag::isCodedMedia).isKeyFrame()).isTrue();
    }
  }

  private Viewing view() throws Exception {
    return Viewing.of(origin.uri("/live/demo.flv"));
  }

  private void set(String fault) throws IOException {
    assertThat(post("/fault?stream=demo&" + fault)).startsWith("HTTP/1.1 204 ");
  }

  private String post(String target) throws IOException {
    return RawHttp.exchange(
        origin.adminAddress().orElseThrow(),
        "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
  }

  private static boolean isNear(FlvTag tag, long millis) {
    return Math.abs((int) (tag.timestampMillis() - millis)) < 3_000;
  }
}
