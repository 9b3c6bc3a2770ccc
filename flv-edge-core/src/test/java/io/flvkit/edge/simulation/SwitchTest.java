package io.flvkit.edge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.http.Protocol;
import io.flvkit.edge.live.LiveEvents;
import io.flvkit.edge.live.LiveRequest;
import io.flvkit.edge.live.LiveService;
import io.flvkit.edge.live.RenditionKind;
import io.flvkit.edge.live.StartAt;
import io.flvkit.token.CanonicalPath;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long a viewer waits in virtual time when its origin cannot be reached any more. */
class SwitchTest {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final int MILLIS = 1_000_000;
  private static final String PATH = "/live/a.flv";

  private static List<Long> silencesMillis(boolean standby) {
    return IntStream.range(0, 20).mapToObj(seed -> silenceMillis(standby, seed)).toList();
  }

  private static long silenceMillis(boolean standby, int seed) {
    Random random = new Random(seed);
    SimLoops loops = new SimLoops(random, 2);
    Programme programme = new Programme(0);
    List<SimOrigin> origins =
        List.of(
            new SimOrigin(loops, random, programme, 0, 0),
            new SimOrigin(loops, random, programme, random.nextInt(500), 70_000));
    LiveConfig config =
        LiveConfig.builder("/live/")
            .origin("http://origin0/live/")
            .origin("http://origin1/live/")
            .connectTimeout(CONNECT_TIMEOUT)
            .standby(standby)
            .build();
    CountedMemory memory = new CountedMemory();
    LiveService service =
        new LiveService(
            loops.all(),
            (loop, request, listener) ->
                origins
                    .get(request.uri().getHost().endsWith("0") ? 0 : 1)
                    .open(loop, request, listener),
            memory,
            memory::bytes,
            InstantSource.fixed(Instant.EPOCH),
            random,
            LiveEvents.NONE);
    SimViewer viewer = new SimViewer(loops.all().get(1), PATH, RenditionKind.FULL, 0);
    viewer.judge().knows(epoch -> programme, () -> false);
    LiveRequest request =
        new LiveRequest(
            CanonicalPath.parse(PATH),
            "",
            RenditionKind.FULL,
            StartAt.NEWEST,
            Protocol.H1,
            viewer,
            List.of(),
            "id");
    viewer.loop().execute(() -> service.watch(config, request).thenAccept(viewer::answered));
    loops.runUntil((5_000L + random.nextInt(1_000)) * MILLIS);

    origins.get(0).become(SimOrigin.Health.UNREACHABLE);
    long longest = 0;
    for (int i = 0; i < 3_000; i++) {
      loops.runUntil(loops.nowNanos() + MILLIS);
      longest = Math.max(longest, loops.nowNanos() - viewer.lastTagNanos());
    }
    return longest / MILLIS;
  }

  @Test
  void with_a_standby_nobody_waits_for_a_connection() {
    assertThat(silencesMillis(false))
        .allSatisfy(silence -> assertThat(silence).isGreaterThan(CONNECT_TIMEOUT.toMillis()));
    assertThat(silencesMillis(true))
        .allSatisfy(silence -> assertThat(silence).isLessThan(CONNECT_TIMEOUT.toMillis()));
  }
}
