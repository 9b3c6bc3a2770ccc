package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.OriginConfig;
import io.flvkit.edge.OriginPick;
import io.flvkit.edge.VodCacheConfig;
import io.flvkit.edge.VodConfig;
import io.flvkit.edge.VodSource;
import io.flvkit.edge.WindowConfig;
import io.flvkit.edge.access.AccessPolicy;
import io.flvkit.edge.story.LoopbackOrigin.Script;
import io.flvkit.edge.story.RawClient.Response;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edges behind edges: what an edge does with an origin, it does with a shield. */
class ShieldStoryTest {
  private static final int A_SECOND = 68;

  private static final Script CLIP_WITHOUT_END =
      answer -> {
        answer.flvHead();
        answer.chunk(Clip.bytes());
        answer.linger();
      };

  private static Script missing() {
    return answer ->
        answer.head(
            "HTTP/1.1 404 Not Found",
            "Content-Type: text/x-mine",
            "Content-Length: 4",
            "Connection: close",
            "",
            "mine");
  }

  private static EdgeStage behind(EdgeStage... shields) {
    LiveConfig.Builder live = LiveConfig.builder("/live/");
    for (EdgeStage shield : shields) {
      live.origin(url(shield));
    }
    return EdgeStage.with(
        EdgeStage.config(
                live.pick(OriginPick.CONSISTENT_HASH)
                    .window(new WindowConfig(Duration.ofSeconds(10), 16 << 20))
                    .stallTimeout(Duration.ofSeconds(20))
                    .holdTimeout(Duration.ofSeconds(1))
                    .build())
            .build());
  }

  private static String url(EdgeStage edge) {
    return "http://127.0.0.1:" + edge.http().getPort() + "/live/";
  }

  @Test
  void the_refusal_of_the_origin_passes_through_both() throws IOException {
    try (LoopbackOrigin origin = LoopbackOrigin.playing(missing());
        EdgeStage shield = EdgeStage.pulling(origin.url());
        EdgeStage edge = behind(shield)) {
      Response answer = RawClient.get(edge.http(), "/live/a.flv");

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.field("content-type")).isEqualTo("text/x-mine");
      assertThat(answer.text()).isEqualTo("mine");
    }
  }

  @Test
  void the_end_of_a_stream_is_a_good_end_behind_both() throws IOException {
    try (LoopbackOrigin origin =
            LoopbackOrigin.playing(
                answer -> {
                  answer.flvHead();
                  answer.chunk(Clip.bytes());
                  answer.lastChunk();
                });
        EdgeStage shield = EdgeStage.pulling(origin.url());
        EdgeStage edge = behind(shield);
        RawClient client = RawClient.connect(edge.http())) {
      client.send(RawClient.request("GET", "/live/a.flv"));
      Response head = client.head();
      origin.nowPlays(missing());

      byte[] body = client.body(head, "GET");

      assertThat(Clip.tags(body)).endsWith(Clip.mediaFromKeyframe(0).get(tags() - 1));
    }
  }

  private static int tags() {
    return Clip.mediaFromKeyframe(0).size();
  }

  @Test
  void the_loss_of_the_origin_is_a_broken_body_behind_both() throws IOException {
    try (LoopbackOrigin origin = LoopbackOrigin.playing(CLIP_WITHOUT_END);
        EdgeStage shield = EdgeStage.pulling(origin.url());
        EdgeStage edge = behind(shield);
        RawClient client = RawClient.connect(edge.http())) {
      client.send(RawClient.request("GET", "/live/a.flv"));
      Response head = client.head();
      client.chunked(10_000);

      origin.vanishes();

      assertThatThrownBy(() -> client.body(head, "GET")).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void the_death_of_a_shield_is_noticed_by_nobody() throws IOException {
    Encoder encoder = new Encoder();
    try (RelayOrigin origin = new RelayOrigin(encoder);
        EdgeStage one = EdgeStage.pulling(origin.url());
        EdgeStage two = EdgeStage.pulling(origin.url());
        EdgeStage edge = behind(one, two);
        Crowd crowd = new Crowd(50, edge.http(), encoder)) {
      Crowd.awaitMore(crowd.seats(), A_SECOND);

      (isPulled(one) ? one : two).close();
      Crowd.awaitMore(crowd.seats(), 2 * A_SECOND);

      assertThat(crowd.faults()).isEmpty();
    }
  }

  private static boolean isPulled(EdgeStage shield) throws IOException {
    return RawClient.get(shield.admin(), "/api/streams").text().contains("/live/a.flv");
  }

  @Test
  void each_stream_goes_over_one_shield_and_all_shields_have_some() throws IOException {
    int streams = 12;
    try (LoopbackOrigin origin = LoopbackOrigin.playing(CLIP_WITHOUT_END);
        EdgeStage one = EdgeStage.pulling(origin.url());
        EdgeStage two = EdgeStage.pulling(origin.url());
        EdgeStage edge = behind(one, two);
        EdgeStage another = behind(one, two)) {
      Set<RawClient> viewers = new HashSet<>();
      for (int i = 0; i < streams; i++) {
        for (EdgeStage each : new EdgeStage[] {edge, another}) {
          RawClient viewer = RawClient.connect(each.http());
          viewers.add(viewer);
          viewer.send(RawClient.request("GET", "/live/s" + i + ".flv"));
          assertThat(viewer.head().status()).isEqualTo(200);
        }
      }

      assertThat(origin.requests()).hasSize(streams);
      for (EdgeStage shield : new EdgeStage[] {one, two}) {
        assertThat(RawClient.get(shield.admin(), "/api/streams").text()).contains("/live/s");
      }
      for (RawClient viewer : viewers) {
        viewer.close();
      }
    }
  }

  @Test
  void a_request_that_comes_back_is_refused_at_once() throws IOException {
    try (EdgeStage one = EdgeStage.pulling("http://127.0.0.1:9/live/");
        EdgeStage two = behind(one)) {
      one.edge.reload(EdgeStage.config(EdgeStage.live(url(two)).build()).build());

      Response answer = RawClient.get(two.http(), "/live/a.flv");

      assertThat(answer.status()).isEqualTo(508);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_request_for_a_file_that_comes_back_is_refused_as_well(boolean cached, @TempDir Path folder)
      throws IOException {
    try (EdgeStage one = files(folder.resolve("one"), cached, "http://127.0.0.1:9/vod/");
        EdgeStage two = files(folder.resolve("two"), cached, fileUrl(one))) {
      one.edge.reload(fileConfig(folder.resolve("one"), cached, fileUrl(two)));

      Response answer = RawClient.get(two.http(), "/vod/a.flv");

      assertThat(answer.status()).isEqualTo(508);
    }
  }

  private static EdgeStage files(Path folder, boolean cached, String origin) {
    return EdgeStage.with(fileConfig(folder, cached, origin));
  }

  private static EdgeConfig fileConfig(Path folder, boolean cached, String origin) {
    VodConfig vod =
        new VodConfig(
            "/vod/",
            new VodSource.Http(List.of(OriginConfig.of(origin))),
            cached ? VodCacheConfig.in(folder) : null,
            AccessPolicy.OPEN);
    return EdgeConfig.builder().listen("127.0.0.1", 0).admin(null).vod(vod).build();
  }

  private static String fileUrl(EdgeStage edge) {
    return "http://127.0.0.1:" + edge.http().getPort() + "/vod/";
  }

  /** Leaves in {@code target/shield.txt} how far viewers of either level are behind. */
  @Test
  void viewers_of_both_levels_get_the_same_frames() throws IOException {
    Encoder encoder = new Encoder();
    try (RelayOrigin origin = new RelayOrigin(encoder);
        EdgeStage shield = EdgeStage.pulling(origin.url());
        EdgeStage edge = behind(shield);
        Crowd near = new Crowd(50, shield.http(), encoder);
        Crowd far = new Crowd(50, edge.http(), encoder)) {
      Crowd.awaitMore(near.seats(), 2 * A_SECOND);
      Crowd.awaitMore(far.seats(), 2 * A_SECOND);

      Files.writeString(
          Path.of("target", "shield.txt"),
          "lag p99: %d ms at the shield, %d ms at the edge behind it%n"
              .formatted(Crowd.lagMillisP99(near.seats()), Crowd.lagMillisP99(far.seats())),
          StandardCharsets.UTF_8);
      assertThat(near.faults()).isEmpty();
      assertThat(far.faults()).isEmpty();
      assertThat(origin.pulls()).isEqualTo(1);
    }
  }
}
