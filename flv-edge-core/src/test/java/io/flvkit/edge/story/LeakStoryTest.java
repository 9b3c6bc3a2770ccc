package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.story.LoopbackOrigin.Script;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Looks for buffers that nobody released, every one of them watched: of this story and of those
 * that ran before it in the same virtual machine.
 */
class LeakStoryTest {
  private static final Script CLIP_BY_PIECES =
      answer -> {
        byte[] clip = Clip.bytes();
        answer.flvHead();
        for (int i = 0; i < clip.length; i += 7_777) {
          answer.chunk(Arrays.copyOfRange(clip, i, Math.min(clip.length, i + 7_777)));
        }
        answer.breaksOff();
      };

  @Test
  void viewers_that_come_stop_and_go_leave_no_buffer_behind() throws IOException {
    leaksAfterCollection();
    LeakDetector.forget(0); // what edges of other stories left when they were closed
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    for (int round = 0; round < 5; round++) {
      try (LoopbackOrigin origin = LoopbackOrigin.playing(CLIP_BY_PIECES);
          EdgeStage stage = EdgeStage.pulling(origin.url())) {
        List<RawClient> viewers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          RawClient viewer =
              i % 2 == 0
                  ? RawClient.connect(stage.http())
                  : RawClient.narrow(stage.http()); // holds what the socket does not take
          viewer.send(
              RawClient.request("GET", i % 3 == 0 ? "/live/a.flv?only_audio=1" : "/live/a.flv"));
          viewers.add(viewer);
        }
        for (RawClient viewer : viewers) {
          assertThat(viewer.head().status()).isEqualTo(200);
        }
        for (RawClient viewer : viewers) {
          viewer.close();
        }
      }
    }

    assertThat(leaksAfterCollection()).isEmpty();
  }

  @Test
  void the_detector_finds_a_buffer_that_was_dropped() {
    int before = LeakDetector.leaks().size();
    drop();

    EdgeStage.until(
        "the leak is found",
        () -> {
          collect();
          return LeakDetector.leaks().size() > before;
        });
    LeakDetector.forget(before);
  }

  private static void drop() {
    ByteBuf dropped = PooledByteBufAllocator.DEFAULT.directBuffer(16);
    assertThat(dropped.refCnt()).isOne();
  }

  private static List<String> leaksAfterCollection() {
    for (int i = 0; i < 3; i++) {
      collect();
    }
    return LeakDetector.leaks();
  }

  private static void collect() {
    WeakReference<Object> canary = new WeakReference<>(new Object());
    EdgeStage.until(
        "the collector has run",
        () -> {
          System.gc();
          return canary.get() == null;
        });
    PooledByteBufAllocator.DEFAULT.directBuffer(16).release(); // an allocation looks for leaks
  }
}
