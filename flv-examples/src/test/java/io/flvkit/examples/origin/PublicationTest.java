package io.flvkit.examples.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.FlvTag;
import io.flvkit.examples.Media;
import io.flvkit.examples.RawHttp;
import io.flvkit.examples.Viewing;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PublicationTest {
  private static final String CHUNKED =
      " /live/cam.flv HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

  private TestOrigin origin;
  private byte[] clip;

  @BeforeEach
  void start() throws Exception {
    origin = TestOrigin.start(OriginOptions.builder().live("demo", Media.loop()).build());
    clip = Files.readAllBytes(Media.loop());
  }

  @AfterEach
  void stop() {
    origin.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT"})
  void is_seen_by_viewers_tag_by_tag(String method) throws Exception {
    try (RawHttp publisher = RawHttp.open(origin.address())) {
      publisher.send(method + CHUNKED);
      publisher.sendChunk(Arrays.copyOf(clip, clip.length / 2));
      try (Viewing viewing = viewOnceLive()) {
        FlvTag joined = viewing.nextThat(FlvTag::isCodedMedia);

        publisher.sendChunk(Arrays.copyOfRange(clip, clip.length / 2, clip.length));
        publisher.send("0\r\n\r\n");

        List<FlvTag> media = Media.tags(Media.loop());
        List<FlvTag> rest = viewing.rest();
        assertThat(joined.isKeyFrame()).isTrue();
        assertThat(rest.stream().map(FlvTag::wire))
            .isEqualTo(
                media.subList(media.size() - rest.size(), media.size()).stream()
                    .map(FlvTag::wire)
                    .toList());
        assertThat(publisher.readHead()).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void is_gone_when_the_publisher_ends_and_viewers_end_cleanly() throws Exception {
    try (RawHttp publisher = RawHttp.open(origin.address())) {
      publisher.send("POST" + CHUNKED);
      publisher.sendChunk(clip);
      try (Viewing viewing = viewOnceLive()) {
        publisher.send("0\r\n\r\n");

        assertThat(viewing.rest()).isNotEmpty();
      }
    }

    assertThat(RawHttp.get(origin.address(), "/live/cam.flv")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void is_gone_when_the_publisher_vanishes() throws Exception {
    RawHttp publisher = RawHttp.open(origin.address());
    publisher.send("POST" + CHUNKED);
    publisher.sendChunk(clip);
    try (Viewing viewing = viewOnceLive()) {
      publisher.close();

      assertThat(viewing.rest()).isNotEmpty();
    }

    assertThat(RawHttp.get(origin.address(), "/live/cam.flv")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void is_refused_where_another_one_or_a_loop_is() throws Exception {
    try (RawHttp publisher = RawHttp.open(origin.address())) {
      publisher.send("POST" + CHUNKED);
      publisher.sendChunk(clip);
      viewOnceLive().close();

      assertThat(RawHttp.exchange(origin.address(), "POST" + CHUNKED)).startsWith("HTTP/1.1 409 ");
      assertThat(RawHttp.exchange(origin.address(), "POST" + CHUNKED.replace("cam", "demo")))
          .startsWith("HTTP/1.1 409 ");
    }
  }

  @Test
  void may_begin_again_after_its_end() throws Exception {
    for (int round = 0; round < 2; round++) {
      try (RawHttp publisher = RawHttp.open(origin.address())) {
        publisher.send("POST" + CHUNKED);
        publisher.sendChunk(clip);
        publisher.send("0\r\n\r\n");

        assertThat(publisher.readHead()).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void that_expects_to_be_told_to_continue_is_told() throws Exception {
    try (RawHttp publisher = RawHttp.open(origin.address())) {
      publisher.send("POST" + CHUNKED.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));

      assertThat(publisher.readHead()).startsWith("HTTP/1.1 100 ");

      publisher.sendChunk(clip);
      publisher.send("0\r\n\r\n");
      assertThat(publisher.readHead()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void that_is_no_FLV_is_told_so() throws Exception {
    byte[] page = Files.readAllBytes(Media.file("not-flv.html"));
    try (RawHttp publisher = RawHttp.open(origin.address())) {
      publisher.send("POST" + CHUNKED);
      publisher.sendChunk(page);

      assertThat(publisher.readAll()).startsWith("HTTP/1.1 400 ").contains("not FLV");
    }
    assertThat(RawHttp.get(origin.address(), "/live/cam.flv")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void is_waited_for_by_a_viewer_who_came_before_its_first_tag() throws Exception {
    try (RawHttp publisher = RawHttp.open(origin.address())) {
      publisher.send("POST" + CHUNKED);
      try (Viewing viewing = viewOnceAnswered()) {
        publisher.sendChunk(clip);

        List<FlvTag> media = Media.tags(Media.loop());
        FlvTag keyframe = media.stream().filter(FlvTag::isKeyFrame).findFirst().orElseThrow();
        assertThat(viewing.nextThat(FlvTag::isSequenceHeader).isVideo()).isTrue();
        assertThat(viewing.nextThat(FlvTag::isKeyFrame).wire()).isEqualTo(keyframe.wire());
      }
    }
  }

  /** The publisher's request may still be on its way. */
  private Viewing viewOnceAnswered() throws Exception {
    Viewing viewing = Viewing.of(origin.uri("/live/cam.flv"));
    while (viewing.status() == 404) {
      viewing.close();
      viewing = Viewing.of(origin.uri("/live/cam.flv"));
    }
    return viewing;
  }

  private Viewing viewOnceLive() throws Exception {
    Viewing viewing = viewOnceAnswered();
    viewing.header();
    return viewing;
  }
}
