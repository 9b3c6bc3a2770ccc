package io.flvkit.examples.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.examples.Media;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FileLoopTest {
  private final EmbeddedChannel viewer = new EmbeddedChannel();
  private final AtomicLong nanos = new AtomicLong(12_345);
  private final LiveStream stream = new LiveStream(() -> false, null);
  private LoopReader reader;

  @BeforeEach
  void start() {
    reader = LoopReader.open(Media.loop());
    stream.header(reader.header());
    viewer.freezeTime();
    new FileLoop(viewer.eventLoop(), reader, stream, nanos::get).run();
  }

  @AfterEach
  void stop() {
    reader.close();
    viewer.close();
  }

  @Test
  void sends_what_is_due_and_nothing_more() {
    assertThat(reader.dueMillis()).isPositive().isLessThan(50);

    for (int second = 1; second <= 25; second++) {
      pass(1_000);

      assertThat(reader.dueMillis()).isBetween(second * 1_000L + 1, second * 1_000L + 50);
    }
  }

  @Test
  void goes_on_where_it_was_after_the_machine_has_slept() {
    pass(1_000);
    long dueMillis = reader.dueMillis();

    pass(3_600_000);

    assertThat(reader.dueMillis()).isBetween(dueMillis, dueMillis + 50);
  }

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    viewer.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    viewer.runScheduledPendingTasks();
  }
}
