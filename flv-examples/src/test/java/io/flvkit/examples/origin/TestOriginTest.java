package io.flvkit.examples.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.OnMetaData;
import io.flvkit.codec.ScriptData;
import io.flvkit.codec.amf.AmfValue;
import io.flvkit.examples.FlvKitException;
import io.flvkit.examples.Media;
import io.flvkit.examples.RawHttp;
import io.flvkit.examples.Viewing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TestOriginTest {
  @Nested
  class A_looped_file {
    @Test
    void starts_with_header_metadata_configuration_and_a_keyframe() throws Exception {
      try (TestOrigin origin = loop();
          Viewing viewing = Viewing.of(origin.uri("/live/demo.flv"))) {
        assertThat(viewing.status()).isEqualTo(200);
        assertThat(viewing.field("Content-Type")).isEqualTo("video/x-flv");
        assertThat(viewing.field("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(viewing.header().flags()).isEqualTo(5);

        List<FlvTag> first = viewing.next(4);

        OnMetaData metadata = OnMetaData.of(first.get(0), FlvLimits.defaults()).orElseThrow();
        assertThat(metadata.get("width")).isPresent();
        assertThat(metadata.get("duration")).isEmpty();
        assertThat(first.subList(1, 3))
            .allMatch(FlvTag::isSequenceHeader)
            .allMatch(tag -> tag.timestampMillis() == 0);
        assertThat(first.get(3).isKeyFrame()).isTrue();
      }
    }

    @Test
    void delivers_the_tags_of_the_file_in_order_and_unchanged() throws Exception {
      List<FlvTag> media = Media.tags(Media.loop()).stream().filter(FlvTag::isCodedMedia).toList();
      try (TestOrigin origin = loop();
          Viewing viewing = Viewing.of(origin.uri("/live/demo.flv"))) {
        FlvTag first = viewing.nextThat(FlvTag::isCodedMedia);

        int index = indexOf(media, first);

        for (FlvTag tag : viewing.next(20)) {
          assertThat(tag.wire()).isEqualTo(media.get(++index).wire());
        }
      }
    }

    @Test
    void joins_a_late_viewer_at_the_newest_keyframe() throws Exception {
      try (TestOrigin origin = loop();
          Viewing early = Viewing.of(origin.uri("/live/demo.flv"))) {
        early.nextThat(FlvTag::isKeyFrame);
        FlvTag newest = early.nextThat(FlvTag::isKeyFrame);

        try (Viewing late = Viewing.of(origin.uri("/live/demo.flv"))) {
          FlvTag joined = late.nextThat(FlvTag::isCodedMedia);

          assertThat(joined.isKeyFrame()).isTrue();
          assertThat(joined.timestampMillis()).isGreaterThanOrEqualTo(newest.timestampMillis());
        }
      }
    }

    @Test
    void without_video_is_joined_at_its_newest_tag() throws Exception {
      Path file = Media.file("audio_only_aac.flv");
      try (TestOrigin origin =
              TestOrigin.start(OriginOptions.builder().live("radio", file).build());
          Viewing viewing = Viewing.of(origin.uri("/live/radio.flv"))) {
        assertThat(viewing.header().flags()).isEqualTo(4);

        FlvTag configuration = viewing.nextThat(FlvTag::isAudio);

        assertThat(configuration.isSequenceHeader()).isTrue();
        assertThat(viewing.next(5)).allMatch(FlvTag::isCodedMedia);
      }
    }

    @Test
    void carries_the_time_of_day_when_asked_to() throws Exception {
      Instant before = Instant.now();
      OriginOptions options =
          OriginOptions.builder().live("demo", Media.loop()).stamp(true).build();
      try (TestOrigin origin = TestOrigin.start(options);
          Viewing viewing = Viewing.of(origin.uri("/live/demo.flv"))) {
        FlvTag first = viewing.nextThat(TestOriginTest::isStamp);
        FlvTag second = viewing.nextThat(TestOriginTest::isStamp);

        assertThat(stampedMillis(first)).isBetween(before.toEpochMilli(), now());
        assertThat(stampedMillis(second)).isBetween(stampedMillis(first) + 1_000, now());
        assertThat(second.timestampMillis()).isGreaterThan(first.timestampMillis());
      }
    }
  }

  @Nested
  class A_request {
    @Test
    void for_an_unknown_stream_is_404() throws Exception {
      try (TestOrigin origin = loop()) {
        assertThat(RawHttp.get(origin.address(), "/live/other.flv")).startsWith("HTTP/1.1 404 ");
        assertThat(RawHttp.get(origin.address(), "/live/.flv")).startsWith("HTTP/1.1 404 ");
        assertThat(RawHttp.get(origin.address(), "/vod/a.flv")).startsWith("HTTP/1.1 404 ");
        assertThat(RawHttp.get(origin.address(), "/")).startsWith("HTTP/1.1 404 ");
      }
    }

    @Test
    void with_HEAD_gets_the_same_head_and_no_body() throws Exception {
      try (TestOrigin origin = loop()) {
        String answer =
            RawHttp.exchange(origin.address(), "HEAD /live/demo.flv HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("video/x-flv");
        assertThat(answer).endsWith("\r\n\r\n").doesNotContain("FLV");
      }
    }

    @Test
    void with_another_method_is_405_and_told_which_are_allowed() throws Exception {
      try (TestOrigin origin = loop()) {
        String answer =
            RawHttp.exchange(origin.address(), "DELETE /live/demo.flv HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(answer)
            .startsWith("HTTP/1.1 405 ")
            .containsIgnoringCase("allow: GET, HEAD, POST, PUT");
      }
    }

    @Test
    void that_is_ambiguous_or_broken_is_400() throws Exception {
      try (TestOrigin origin = loop()) {
        assertThat(RawHttp.get(origin.address(), "/live/%2e%2e/demo.flv"))
            .startsWith("HTTP/1.1 400 ");
        assertThat(RawHttp.exchange(origin.address(), "GET /live/demo.flv HTTP/1.1\r\n\r\n"))
            .startsWith("HTTP/1.1 400 ");
        assertThat(RawHttp.exchange(origin.address(), "nonsense\r\n\r\n"))
            .startsWith("HTTP/1.1 400 ");
      }
    }

    @Test
    void of_HTTP_1_0_gets_plain_bytes_until_close() throws Exception {
      try (TestOrigin origin = loop();
          RawHttp client = RawHttp.open(origin.address())) {
        client.send("GET /live/demo.flv HTTP/1.0\r\n\r\n");

        assertThat(client.readHead()).doesNotContainIgnoringCase("transfer-encoding");
        assertThat(client.read(4)).containsExactly('F', 'L', 'V', 1);
      }
    }
  }

  @Nested
  class Starting {
    @Test
    void names_the_file_that_cannot_be_looped() {
      assertThatThrownBy(() -> start(Path.of("no-such.flv")))
          .isInstanceOf(FlvKitException.class)
          .hasMessage("no-such.flv: no such file");
      assertThatThrownBy(() -> start(Media.file("not-flv.html")))
          .isInstanceOf(FlvKitException.class)
          .hasMessageContaining("not FLV");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../a", "a//b", "a\\b", "a\nb"})
    void refuses_a_name_that_no_request_can_mean(String name) {
      OriginOptions.Builder options = OriginOptions.builder().live(name, Media.loop());

      assertThatThrownBy(options::build)
          .isInstanceOf(FlvKitException.class)
          .hasMessageContaining("is no name of a stream");
    }

    @Test
    void names_the_address_that_is_taken() {
      try (TestOrigin origin = loop()) {
        OriginOptions same = OriginOptions.builder().listen(origin.address()).build();

        assertThatThrownBy(() -> TestOrigin.start(same))
            .isInstanceOf(FlvKitException.class)
            .hasMessageContaining("cannot listen on 127.0.0.1:" + origin.address().getPort());
      }
    }

    private static void start(Path file) {
      TestOrigin.start(OriginOptions.builder().live("demo", file).build()).close();
    }
  }

  private static TestOrigin loop() {
    return TestOrigin.start(OriginOptions.builder().live("demo", Media.loop()).build());
  }

  private static int indexOf(List<FlvTag> media, FlvTag wanted) {
    for (int index = 0; index < media.size(); index++) {
      if (media.get(index).wire().equals(wanted.wire())) {
        return index;
      }
    }
    throw new AssertionError("not a tag of the file: " + wanted);
  }

  private static boolean isStamp(FlvTag tag) {
    return tag.isScript() && ScriptData.parse(tag, FlvLimits.defaults()).name().equals("onStamp");
  }

  private static long stampedMillis(FlvTag tag) {
    ScriptData script = ScriptData.parse(tag, FlvLimits.defaults());
    AmfValue millis = ((AmfValue.Obj) script.values().get(0)).get("wallClockMillis");
    return (long) ((AmfValue.Num) millis).number();
  }

  private static long now() {
    return Instant.now().plus(Duration.ofMillis(1)).toEpochMilli();
  }
}
