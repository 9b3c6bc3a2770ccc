package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.LimitsConfig;
import io.flvkit.edge.PlayerConfig;
import io.flvkit.edge.story.RawClient.Response;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request heads good and bad; the player page is what they ask for. */
class RequestStoryTest {
  private EdgeStage stage;

  @BeforeEach
  void start() {
    stage =
        EdgeStage.with(
            EdgeConfig.builder()
                .listen("127.0.0.1", 0)
                .admin(null)
                .player(new PlayerConfig("/player/"))
                .limits(new LimitsConfig(0, 3, 0, 0, 0, 4 << 10, Duration.ofMillis(500)))
                .build());
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void the_player_page_has_a_content_security_policy() throws IOException {
    Response page = RawClient.get(stage.http(), "/player/");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.field("content-security-policy")).contains("default-src 'none'");
    assertThat(page.text()).contains("<html");
  }

  @Test
  void a_connection_serves_one_request_after_the_other_in_order() throws IOException {
    try (RawClient client = RawClient.connect(stage.http())) {
      String page = RawClient.request("GET", "/player/");
      String missing = RawClient.request("GET", "/missing");
      client.send(page + missing + page);

      for (int status : new int[] {200, 404, 200}) {
        Response head = client.head();
        assertThat(head.status()).isEqualTo(status);
        client.body(head, "GET");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /player/ HTTP/1.1\r\n\r\n",
        "GET /player/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /player/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET /player/ HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET /player/ HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET http://user@elsewhere/player/ HTTP/1.1\r\nHost: a\r\n\r\n",
      })
  void a_malformed_head_is_refused_and_the_connection_closed(String head) throws IOException {
    try (RawClient client = RawClient.connect(stage.http())) {
      client.send(head);

      Response response = client.head();

      assertThat(response.status()).isEqualTo(400);
      client.body(response, "GET");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void a_head_that_is_too_large_is_refused() throws IOException {
    String large = "X-Large: " + "x".repeat(5_000);

    assertThat(RawClient.get(stage.http(), "/player/", large).status()).isEqualTo(431);
    assertThat(RawClient.get(stage.http(), "/" + "x".repeat(9_000)).status()).isEqualTo(414);
  }

  @Test
  void a_head_that_takes_too_long_is_408_even_if_it_trickles() throws IOException {
    try (RawClient client = RawClient.connect(stage.http())) {
      client.send("GET /player/ HT");

      Response refusal = client.head();
      assertThat(refusal.status()).isEqualTo(408);
      assertThat(refusal.field("access-control-allow-origin")).isEqualTo("*");
      client.body(refusal, "GET");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void an_absolute_target_is_taken_for_its_path() throws IOException {
    String request = "GET HTTP://elsewhere/player/?a=b HTTP/1.1\r\nHost: a\r\n\r\n";

    assertThat(RawClient.ask(stage.http(), request).status()).isEqualTo(200);
  }

  @Test
  void options_of_the_whole_server_say_what_is_allowed() throws IOException {
    Response answer = RawClient.ask(stage.http(), RawClient.request("OPTIONS", "*"));

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.field("allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void more_connections_of_one_address_than_allowed_hear_503() throws IOException {
    try (RawClient first = RawClient.connect(stage.http());
        RawClient second = RawClient.connect(stage.http());
        RawClient third = RawClient.connect(stage.http())) {
      third.send(RawClient.request("GET", "/missing"));
      assertThat(third.head().status()).isEqualTo(404);

      try (RawClient fourth = RawClient.connect(stage.http())) {
        fourth.send(RawClient.request("GET", "/player/"));
        Response refusal = fourth.head();
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.field("retry-after")).isNotNull();
        assertThat(refusal.field("access-control-allow-origin")).isEqualTo("*");
        fourth.body(refusal, "GET");
        assertThat(fourth.isClosed()).isTrue();
      }
      assertThat(first).isNotEqualTo(second);
    }
  }

  @Test
  void a_body_that_never_comes_does_not_hold_the_connection_for_ever() throws IOException {
    try (RawClient client = RawClient.connect(stage.http())) {
      client.send(RawClient.request("POST", "/player/", "Content-Length: 10"));
      Response refusal = client.head();
      assertThat(refusal.status()).isEqualTo(405);
      client.body(refusal, "POST");

      client.send("12345");

      Response late = client.head();
      assertThat(late.status()).isEqualTo(408);
      client.body(late, "GET");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /player/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n30000\r\n",
        "POST /player/ HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n",
        "POST /player/ HTTP/1.0\r\nContent-Length: 300000\r\n\r\n",
        "POST /player/ HTTP/1.1\r\nHost : a\r\nContent-Length: 300000\r\n\r\n",
      })
  void a_body_that_nobody_wants_does_not_cost_the_answer(String head) throws IOException {
    try (RawClient client = RawClient.connect(stage.http())) {
      client.send(head + "x".repeat(150_000));
      client.send("y".repeat(40_000));

      Response refusal = client.head();

      assertThat(refusal.status()).isBetween(400, 405);
      client.body(refusal, "POST");
      assertThat(client.isClosed()).as("an end, not a reset").isTrue();
    }
  }

  @Test
  void an_endless_body_is_not_listened_to_for_ever() throws IOException {
    try (RawClient client = RawClient.connect(stage.http())) {
      client.send("POST /player/ HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n");
      String piece = "x".repeat(100_000);

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  client.send(piece);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }
}
