package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.edge.story.LoopbackOrigin.Script;
import io.flvkit.edge.story.RawClient.Response;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LiveStoryTest {
  private static final Script CLIP_WITHOUT_END =
      answer -> {
        answer.flvHead();
        answer.chunk(Clip.bytes());
        answer.linger();
      };

  private static Script answering(String status, String body) {
    return answer ->
        answer.head(
            "HTTP/1.1 " + status,
            "Content-Type: text/html",
            "Content-Length: " + body.length(),
            "Connection: close",
            "",
            body);
  }

  @Nested
  class ARunningStream {
    @Test
    void has_the_head_of_the_contract() throws IOException {
      try (LoopbackOrigin origin = LoopbackOrigin.playing(CLIP_WITHOUT_END);
          EdgeStage stage = EdgeStage.pulling(origin.url());
          RawClient client = RawClient.connect(stage.http())) {
        client.send(RawClient.request("GET", "/live/a.flv", "X-Request-Id: my-id"));

        Response head = client.head();

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.fields())
            .containsEntry("content-type", "video/x-flv")
            .containsEntry("cache-control", "no-store")
            .containsEntry("x-accel-buffering", "no")
            .containsEntry("x-cache-status", "MISS")
            .containsEntry("transfer-encoding", "chunked")
            .containsEntry("access-control-allow-origin", "*")
            .containsEntry("timing-allow-origin", "*")
            .containsEntry("x-request-id", "my-id")
            .doesNotContainKey("content-length");
        assertThat(origin.requests()).singleElement().asString().contains("X-Request-Id: my-id");
      }
    }

    @Test
    void is_asked_for_with_the_forwarded_parameters_and_never_with_filters() throws IOException {
      try (LoopbackOrigin origin = LoopbackOrigin.playing(CLIP_WITHOUT_END);
          EdgeStage stage =
              EdgeStage.with(
                  EdgeStage.config(
                          EdgeStage.live(origin.url())
                              .forwardQuery(List.of("room", "only_audio"))
                              .build())
                      .build());
          RawClient client = RawClient.connect(stage.http())) {
        client.send(RawClient.request("GET", "/live/a.flv?room=5&only_audio=0&other=1"));
        assertThat(client.head().status()).isEqualTo(200);

        assertThat(origin.requests())
            .singleElement()
            .asString()
            .startsWith("GET /live/a.flv?room=5 HTTP/1.1");
      }
    }

    @Test
    void is_byte_for_byte_that_of_the_origin() throws IOException {
      CountDownLatch joined = new CountDownLatch(1);
      Script wholeClip =
          answer -> {
            byte[] clip = Clip.bytes();
            answer.flvHead();
            answer.chunk(Arrays.copyOf(clip, 30_000));
            if (!joined.await(20, TimeUnit.SECONDS)) {
              throw new AssertionError("nobody joined");
            }
            for (int i = 30_000; i < clip.length; i += 7_777) {
              answer.chunk(Arrays.copyOfRange(clip, i, Math.min(clip.length, i + 7_777)));
            }
            answer.lastChunk();
          };
      try (LoopbackOrigin origin = LoopbackOrigin.playing(wholeClip);
          EdgeStage stage = EdgeStage.pulling(origin.url());
          RawClient client = RawClient.connect(stage.http())) {
        client.send(RawClient.request("GET", "/live/a.flv"));
        Response head = client.head();
        origin.nowPlays(answering("404 Not Found", "over"));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(client.chunked(10_000));
        joined.countDown();
        body.writeBytes(client.body(head, "GET"));

        List<String> tags = Clip.tags(body.toByteArray());

        int prelude = 3;
        assertThat(tags.subList(prelude, tags.size())).isEqualTo(Clip.mediaFromKeyframe(0));
      }
    }

    @Test
    void comes_whole_to_a_client_that_reads_late() throws IOException {
      CountDownLatch joined = new CountDownLatch(1);
      CountDownLatch sentAll = new CountDownLatch(1);
      Script wholeClip =
          answer -> {
            byte[] clip = Clip.bytes();
            answer.flvHead();
            answer.chunk(Arrays.copyOf(clip, 30_000));
            if (!joined.await(20, TimeUnit.SECONDS)) {
              throw new AssertionError("nobody joined");
            }
            for (int i = 30_000; i < clip.length; i += 7_777) {
              answer.chunk(Arrays.copyOfRange(clip, i, Math.min(clip.length, i + 7_777)));
            }
            answer.lastChunk();
            sentAll.countDown();
          };
      try (LoopbackOrigin origin = LoopbackOrigin.playing(wholeClip);
          EdgeStage stage = EdgeStage.pulling(origin.url());
          RawClient client = RawClient.narrow(stage.http())) {
        client.send(RawClient.request("GET", "/live/a.flv"));
        Response head = client.head();
        origin.nowPlays(answering("404 Not Found", "over"));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(client.chunked(10_000));
        joined.countDown();
        EdgeStage.until("the origin has sent all", () -> sentAll.getCount() == 0);
        body.writeBytes(client.body(head, "GET"));

        List<String> tags = Clip.tags(body.toByteArray());

        int prelude = 3;
        assertThat(tags.subList(prelude, tags.size())).isEqualTo(Clip.mediaFromKeyframe(0));
      }
    }

    @Test
    void answers_head_without_a_body_and_keeps_the_connection() throws IOException {
      try (LoopbackOrigin origin = LoopbackOrigin.playing(CLIP_WITHOUT_END);
          EdgeStage stage = EdgeStage.pulling(origin.url());
          RawClient client = RawClient.connect(stage.http())) {
        client.send(RawClient.request("HEAD", "/live/a.flv"));
        assertThat(client.head().status()).isEqualTo(200);

        client.send(RawClient.request("HEAD", "/live/a.flv"));

        assertThat(client.head().field("x-cache-status")).isEqualTo("HIT");
      }
    }

    @Test
    void flows_until_the_end_of_the_connection_for_http_1_0() throws IOException {
      try (LoopbackOrigin origin = LoopbackOrigin.playing(CLIP_WITHOUT_END);
          EdgeStage stage = EdgeStage.pulling(origin.url());
          RawClient client = RawClient.connect(stage.http())) {
        client.send("GET /live/a.flv HTTP/1.0\r\n\r\n");

        Response head = client.head();

        assertThat(head.fields()).doesNotContainKey("transfer-encoding");
        assertThat(head.field("connection")).isEqualTo("close");
      }
    }

    @Test
    void is_pulled_once_for_hundreds_of_first_viewers() throws IOException {
      try (LoopbackOrigin origin = LoopbackOrigin.playing(CLIP_WITHOUT_END);
          EdgeStage stage = EdgeStage.pulling(origin.url())) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
          RawClient client = RawClient.connect(stage.http());
          client.send(RawClient.request("GET", "/live/a.flv"));
          clients.add(client);
        }

        for (RawClient client : clients) {
          assertThat(client.head().status()).isEqualTo(200);
          assertThat(client.chunked(13)).startsWith('F', 'L', 'V', 1);
          client.close();
        }

        assertThat(origin.requests()).hasSize(1);
      }
    }
  }

  @Nested
  class AnEnd {
    @Test
    void is_clean_when_the_origin_ended_the_stream_and_the_connection_serves_on()
        throws IOException {
      Script clipWithEnd =
          answer -> {
            answer.flvHead();
            answer.chunk(Clip.bytes());
            answer.lastChunk();
          };
      try (LoopbackOrigin origin = LoopbackOrigin.playing(clipWithEnd);
          EdgeStage stage = EdgeStage.pulling(origin.url());
          RawClient client = RawClient.connect(stage.http())) {
        client.send(RawClient.request("GET", "/live/a.flv"));
        Response head = client.head();
        origin.nowPlays(answering("404 Not Found", "over"));

        assertThat(client.body(head, "GET")).isNotEmpty();

        client.send(RawClient.request("GET", "/live/a.flv"));
        assertThat(client.head().status()).isEqualTo(404);
      }
    }

    @Test
    void is_a_broken_body_when_the_origin_vanished() throws IOException {
      try (LoopbackOrigin origin =
              LoopbackOrigin.playing(
                  answer -> {
                    answer.flvHead();
                    answer.chunk(Arrays.copyOf(Clip.bytes(), 300_001));
                    answer.breaksOff();
                  });
          EdgeStage stage = EdgeStage.pulling(origin.url());
          RawClient client = RawClient.connect(stage.http())) {
        client.send(RawClient.request("GET", "/live/a.flv"));
        Response head = client.head();
        origin.vanishes();

        assertThatThrownBy(() -> client.body(head, "GET")).isInstanceOf(EOFException.class);
      }
    }
  }

  @Nested
  class ARefusal {
    @Test
    void of_the_origin_passes_as_it_is() throws IOException {
      try (LoopbackOrigin origin = LoopbackOrigin.playing(answering("403 Forbidden", "<p>no</p>"));
          EdgeStage stage = EdgeStage.pulling(origin.url())) {
        Response response = RawClient.get(stage.http(), "/live/a.flv");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.text()).isEqualTo("<p>no</p>");
        assertThat(response.field("content-type")).isEqualTo("text/html");
        assertThat(response.field("x-cache-status")).isEqualTo("MISS");
        assertThat(response.field("access-control-allow-origin")).isEqualTo("*");
      }
    }

    @Test
    void is_502_when_nobody_listens() throws IOException {
      LoopbackOrigin gone = LoopbackOrigin.playing(CLIP_WITHOUT_END);
      gone.close();
      try (EdgeStage stage = EdgeStage.pulling(gone.url())) {
        assertThat(RawClient.get(stage.http(), "/live/a.flv").status()).isEqualTo(502);
      }
    }

    @Test
    void is_502_when_the_origin_sends_a_page() throws IOException {
      try (LoopbackOrigin origin = LoopbackOrigin.playing(answering("200 OK", "<html></html>"));
          EdgeStage stage = EdgeStage.pulling(origin.url())) {
        assertThat(RawClient.get(stage.http(), "/live/a.flv").status()).isEqualTo(502);
      }
    }

    @Test
    void is_504_when_the_origin_never_answers() throws IOException {
      try (LoopbackOrigin origin = LoopbackOrigin.playing(LoopbackOrigin.Answer::linger);
          EdgeStage stage = EdgeStage.pulling(origin.url())) {
        assertThat(RawClient.get(stage.http(), "/live/a.flv").status()).isEqualTo(504);
      }
    }

    @Test
    void is_504_when_the_origin_sends_no_tag() throws IOException {
      try (LoopbackOrigin origin =
              LoopbackOrigin.playing(
                  answer -> {
                    answer.flvHead();
                    answer.chunk(Arrays.copyOf(Clip.bytes(), 13));
                    answer.linger();
                  });
          EdgeStage stage = EdgeStage.pulling(origin.url())) {
        assertThat(RawClient.get(stage.http(), "/live/a.flv").status()).isEqualTo(504);
      }
    }
  }

  @Nested
  class TheOrderOfChecks {
    private Response ask(String method, String target, String... fields) throws IOException {
      try (LoopbackOrigin origin = LoopbackOrigin.playing(answering("404 Not Found", "no"));
          EdgeStage stage = EdgeStage.pulling(origin.url())) {
        return RawClient.ask(stage.http(), RawClient.request(method, target, fields));
      }
    }

    @Test
    void begins_with_the_path() throws IOException {
      assertThat(ask("GET", "/live/../etc/passwd").status()).isEqualTo(400);
      assertThat(ask("GET", "/live//a.flv").status()).isEqualTo(400);
      assertThat(ask("GET", "/live/%2e%2e/a.flv").status()).isEqualTo(400);
      assertThat(ask("GET", "/live/a%00.flv").status()).isEqualTo(400);
    }

    @Test
    void finds_no_route_before_it_looks_at_the_method() throws IOException {
      assertThat(ask("POST", "/nowhere").status()).isEqualTo(404);
      assertThat(ask("GET", "/live/").status()).isEqualTo(404);
    }

    @Test
    void answers_a_preflight() throws IOException {
      Response response =
          ask(
              "OPTIONS",
              "/live/a.flv",
              "Origin: http://page",
              "Access-Control-Request-Method: GET",
              "Access-Control-Request-Headers: range");

      assertThat(response.status()).isEqualTo(204);
      assertThat(response.field("access-control-allow-methods")).contains("GET");
      assertThat(response.field("access-control-allow-headers")).containsIgnoringCase("range");
    }

    @Test
    void refuses_other_methods_with_what_is_allowed() throws IOException {
      Response response = ask("DELETE", "/live/a.flv?only_audio=maybe");

      assertThat(response.status()).isEqualTo(405);
      assertThat(response.field("allow")).contains("GET").contains("HEAD");
      assertThat(response.field("access-control-allow-origin")).isEqualTo("*");
    }

    @Test
    void checks_the_query_before_it_asks_the_origin() throws IOException {
      assertThat(ask("GET", "/live/a.flv?only_audio=1&only_video=1").status()).isEqualTo(400);
      assertThat(ask("GET", "/live/a.flv?only_audio=").status()).isEqualTo(400);
      assertThat(ask("GET", "/live/a.flv?only_audio=2").status()).isEqualTo(400);
      assertThat(ask("GET", "/live/a.flv?only_audio=1&onlyaudio=1").status()).isEqualTo(400);
      assertThat(ask("GET", "/live/a.flv?only_audio=0").status()).isEqualTo(404);
    }

    @Test
    void refuses_a_part_of_a_live_stream_but_not_the_whole() throws IOException {
      assertThat(ask("GET", "/live/a.flv", "Range: bytes=100-").status()).isEqualTo(416);
      assertThat(ask("GET", "/live/a.flv", "Range: bytes=0-99").status()).isEqualTo(416);
      assertThat(ask("GET", "/live/a.flv", "Range: bytes=0-").status()).isEqualTo(404);
      assertThat(ask("GET", "/live/a.flv", "Range: lines=3-4").status()).isEqualTo(404);
    }
  }
}
