package io.flvkit.edge.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
  private final AtomicInteger open = new AtomicInteger(100);
  private final AtomicInteger counts = new AtomicInteger();
  private final OpenFiles files =
      new OpenFiles(
          () -> {
            counts.incrementAndGet();
            return open.get();
          },
          1_000);

  private boolean accept() {
    open.incrementAndGet();
    return files.accepted();
  }

  @Test
  void there_is_room_until_ninety_five_of_a_hundred_files_are_open() {
    int connections = 1;
    while (accept()) {
      connections++;
    }

    assertThat(connections).isEqualTo(850);
    assertThat(counts.get()).as("times counted").isLessThan(20);
  }

  @Test
  void files_that_others_open_meanwhile_are_seen_in_time() {
    accept();
    open.addAndGet(300);

    int more = 1;
    while (accept()) {
      more++;
    }

    assertThat(open.get()).as("open when it is full").isBetween(950, 960);
    assertThat(more).isPositive();
  }

  @Test
  void there_is_room_again_when_files_are_closed() {
    open.set(990);
    assertThat(accept()).isFalse();
    assertThat(files.hasRoom()).isFalse();

    open.set(900);

    assertThat(files.hasRoom()).isTrue();
    assertThat(accept()).isTrue();
  }

  @Test
  void a_process_has_a_limit_of_its_own() {
    assertThat(OpenFiles.ofProcess().hasRoom()).isTrue();
    assertThat(OpenFiles.unlimited().hasRoom()).isTrue();
  }
}
