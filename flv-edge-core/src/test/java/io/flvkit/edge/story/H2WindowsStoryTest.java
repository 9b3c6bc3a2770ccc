package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.story.RawH2Client.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A page with many live tiles on one connection. */
class H2WindowsStoryTest {
  private static final int TILES = 50;
  private static final int STREAM_WINDOW = 30_000;

  /** Metadata and two configurations. */
  private static final int PRELUDE_TAGS = 3;

  private final AtomicInteger pulls = new AtomicInteger();
  private final CountDownLatch allAskedFor = new CountDownLatch(TILES);

  @Test
  void when_one_tile_stops_reading_the_others_go_on() throws IOException {
    byte[] clip = Clip.bytes();
    try (LoopbackOrigin origin = LoopbackOrigin.playing(this::clipToItsEnd);
        EdgeStage stage = EdgeStage.with(patient(origin.url()));
        RawH2Client client = RawH2Client.wide(stage.http(), STREAM_WINDOW)) {
      for (int tile = 0; tile < TILES; tile++) {
        client.get(idOf(tile), "/live/" + tile + ".flv");
      }

      ByteArrayOutputStream[] bodies = new ByteArrayOutputStream[TILES];
      Arrays.setAll(bodies, tile -> new ByteArrayOutputStream());
      int complete = 0;
      while (complete < TILES - 1) {
        Frame frame = client.next();
        assertThat(frame).isNotNull();
        assertThat(frame.type()).isNotEqualTo(RawH2Client.RST_STREAM);
        if (frame.type() == RawH2Client.DATA) {
          int tile = (frame.stream() - 1) / 2;
          bodies[tile].writeBytes(frame.payload());
          if (tile > 0) {
            if (frame.payload().length > 0) {
              client.windowUpdate(frame.stream(), frame.payload().length);
            }
            complete += frame.endsStream() ? 1 : 0;
          }
        }
      }

      assertThat(bodies[0].size()).isEqualTo(STREAM_WINDOW);
      for (int tile = 1; tile < TILES; tile++) {
        assertThat(isWhole(bodies[tile])).as("tile %d", tile).isTrue();
      }

      client.windowUpdate(idOf(0), clip.length * 2); // it reads on
      while (true) {
        Frame frame = client.next(RawH2Client.DATA, idOf(0));
        bodies[0].writeBytes(frame.payload());
        if (frame.endsStream()) {
          break;
        }
      }
      assertThat(isWhole(bodies[0])).isTrue();
    }
  }

  /** Whether a body is the clip from a keyframe on, to its end. */
  private static boolean isWhole(ByteArrayOutputStream body) {
    List<String> tags = Clip.tags(body.toByteArray());
    List<String> media = Clip.mediaFromKeyframe(0);
    int first = media.indexOf(tags.get(PRELUDE_TAGS));
    return first >= 0
        && tags.subList(PRELUDE_TAGS, tags.size()).equals(media.subList(first, media.size()));
  }

  private static EdgeConfig patient(String url) {
    Duration patience = Duration.ofSeconds(20);
    return EdgeStage.config(
            EdgeStage.live(url)
                .connectTimeout(patience)
                .firstByteTimeout(patience)
                .holdTimeout(patience)
                .viewerStallTimeout(Duration.ofMinutes(2))
                .build())
        .build();
  }

  private static int idOf(int tile) {
    return 2 * tile + 1;
  }

  /** Streams end when all of them run; asked again, the origin says that they are over. */
  private void clipToItsEnd(LoopbackOrigin.Answer answer) throws IOException, InterruptedException {
    if (pulls.incrementAndGet() > TILES) {
      answer.head("HTTP/1.1 404 Gone", "Content-Length: 0");
      return;
    }
    answer.flvHead();
    answer.chunk(Clip.bytes());
    allAskedFor.countDown();
    assertThat(allAskedFor.await(30, TimeUnit.SECONDS)).isTrue();
    answer.lastChunk();
  }
}
