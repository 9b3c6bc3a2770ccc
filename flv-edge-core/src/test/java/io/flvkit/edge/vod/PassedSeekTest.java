package io.flvkit.edge.vod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Seeks on a mount without a cache, at an origin that does not always behave. */
class PassedSeekTest {
  private static final String SEEK = "a.flv?starttime=1";

  private FileOrigin origin;
  private VodServer edge;

  @BeforeEach
  void start() throws IOException {
    origin = new FileOrigin(1);
    try (InputStream in = PassedSeekTest.class.getResourceAsStream("/media/h264_aac.flv")) {
      origin.holds(in.readAllBytes());
    }
    edge = VodServer.ofOrigins(origin.url());
  }

  @AfterEach
  void stop() {
    edge.close();
    origin.close();
  }

  @Test
  void the_rest_of_a_file_is_asked_for_as_one_range() {
    HttpResponse<byte[]> answer = edge.get(SEEK);

    String last = origin.asked().get(origin.asked().size() - 1);
    assertThat(last).matches("GET bytes=\\d+-" + (origin.content().length - 1));
    int from = Integer.parseInt(last.replaceAll(".*=|-.*", ""));
    assertThat(from).isPositive();
    byte[] tail = origin.content(from, origin.content().length);
    byte[] body = answer.body();
    assertThat(Arrays.copyOfRange(body, body.length - tail.length, body.length)).isEqualTo(tail);
  }

  @Test
  void a_place_that_was_found_is_remembered() {
    edge.get(SEEK);
    int before = origin.asked().size();

    edge.get(SEEK);

    assertThat(origin.asked()).hasSize(before + 2);
  }

  @Test
  void an_origin_without_ranges_has_its_file_sent_from_the_beginning() {
    origin.knowsRanges(false);

    assertThat(edge.get(SEEK).body()).isEqualTo(origin.content());
  }

  @Test
  void a_file_without_validators_is_sent_from_the_beginning() {
    origin.etag(null);

    assertThat(edge.get(SEEK).body()).isEqualTo(origin.content());
  }

  @Test
  void an_origin_that_lies_about_its_ranges_is_not_believed() {
    origin.contentRange("bytes 5-9/10");

    assertThat(edge.get(SEEK).statusCode()).isEqualTo(502);
  }

  @Test
  void what_the_origin_refuses_is_refused() {
    origin.status(404);

    assertThat(edge.get(SEEK).statusCode()).isEqualTo(404);
  }

  @Test
  void an_origin_that_breaks_off_while_the_place_is_looked_for_makes_it_502() {
    origin.cutAfter(100);

    assertThat(edge.get(SEEK).statusCode()).isEqualTo(502);
  }

  @Test
  void two_versions_of_a_file_are_not_mixed() {
    edge.get(SEEK);
    origin.changesBefore(origin.asked().size() + 2);

    assertThatThrownBy(() -> edge.get(SEEK)).isInstanceOf(UncheckedIOException.class);
  }
}
