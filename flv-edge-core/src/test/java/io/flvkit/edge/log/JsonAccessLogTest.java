package io.flvkit.edge.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JsonAccessLogTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final AtomicInteger drops = new AtomicInteger();

  @Test
  void a_line_is_in_the_file_soon_and_not_only_at_the_end() throws Exception {
    Path file = folder.resolve("access.log");
    CountingSink sink = new CountingSink(LineSink.file(file));

    try (JsonAccessLog log = started(sink)) {
      log.add(Entries.of("r1"));
      sink.awaitFlush();

      assertThat(Files.readString(file)).isEqualTo(Entries.of("r1").toJson() + "\n");
    }
  }

  @Test
  void lines_keep_the_order_in_which_they_came() throws Exception {
    Path file = folder.resolve("access.log");

    try (JsonAccessLog log = started(LineSink.file(file))) {
      for (int i = 0; i < 1000; i++) {
        log.add(Entries.of("r" + i));
      }
    }

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1000);
    assertThat(lines.get(999)).contains("\"id\":\"r999\"");
  }

  @Test
  void a_file_that_is_there_goes_on() throws Exception {
    Path file = Files.writeString(folder.resolve("access.log"), "before\n");

    try (JsonAccessLog log = started(LineSink.file(file))) {
      log.add(Entries.of("r1"));
    }

    assertThat(Files.readAllLines(file)).hasSize(2).first().isEqualTo("before");
  }

  @Test
  void after_reopening_lines_go_to_a_new_file() throws Exception {
    Path file = folder.resolve("access.log");
    Path moved = folder.resolve("access.log.1");
    CountingSink sink = new CountingSink(LineSink.file(file));

    try (JsonAccessLog log = started(sink)) {
      log.add(Entries.of("r1"));
      sink.awaitFlush();
      Files.move(file, moved);
      log.reopen();
      log.add(Entries.of("r2"));
    }

    assertThat(Files.readString(moved)).contains("r1").doesNotContain("r2");
    assertThat(Files.readString(file)).contains("r2").doesNotContain("r1");
  }

  @Test
  void nothing_is_written_before_the_start() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream standardOutput = new PrintStream(out, true, UTF_8);

    LineSink sink = LineSink.stream(standardOutput);
    try (JsonAccessLog log = new JsonAccessLog(sink, drops::incrementAndGet, PATIENCE)) {
      log.add(Entries.of("r1"));
      standardOutput.println("ready");
      log.start();
    }

    assertThat(out.toString(UTF_8)).startsWith("ready").contains("\"id\":\"r1\"");
  }

  @Test
  void a_log_that_was_never_started_still_writes_what_it_took() throws Exception {
    Path file = folder.resolve("access.log");

    try (JsonAccessLog log = new JsonAccessLog(LineSink.file(file), () -> {}, PATIENCE)) {
      log.add(Entries.of("r1"));
    }

    assertThat(Files.readString(file)).contains("r1");
  }

  @Test
  void a_full_queue_drops_and_counts() throws Exception {
    Path file = folder.resolve("access.log");

    try (JsonAccessLog log =
        new JsonAccessLog(LineSink.file(file), drops::incrementAndGet, PATIENCE)) {
      for (int i = 0; i < JsonAccessLog.MAX_WAITING + 5; i++) {
        log.add(Entries.of("r" + i));
      }

      assertThat(log.dropped()).isEqualTo(5);
    }

    assertThat(drops).hasValue(5);
    assertThat(Files.readAllLines(file)).hasSize(JsonAccessLog.MAX_WAITING);
  }

  @Test
  void a_disk_that_fails_costs_lines_but_the_log_recovers() throws Exception {
    Path file = folder.resolve("access.log");
    FailingSink sink = new FailingSink(LineSink.file(file));

    try (JsonAccessLog log = started(sink)) {
      sink.failing.set(true);
      log.add(Entries.of("lost"));
      assertThat(sink.failed.await(30, TimeUnit.SECONDS)).isTrue();
      sink.failing.set(false);
      log.add(Entries.of("kept"));
    }

    assertThat(drops.get()).isPositive();
    assertThat(Files.readAllLines(file)).last().asString().contains("kept");
  }

  @Test
  void a_file_that_cannot_be_opened_is_an_error_at_once() {
    String target = folder.resolve("missing").resolve("access.log").toString();

    assertThatThrownBy(() -> JsonAccessLog.open(target, System.out, () -> {}))
        .isInstanceOf(IOException.class);
  }

  private JsonAccessLog started(LineSink sink) throws IOException {
    JsonAccessLog log = new JsonAccessLog(sink, drops::incrementAndGet, PATIENCE);
    log.start();
    return log;
  }

  /** Says when lines are through. */
  private static final class CountingSink implements LineSink {
    private final LineSink sink;
    private final Semaphore flushes = new Semaphore(0);

    CountingSink(LineSink sink) {
      this.sink = sink;
    }

    void awaitFlush() throws InterruptedException {
      assertThat(flushes.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public OutputStream open() throws IOException {
      return new Passing(sink.open()) {
        @Override
        public void flush() throws IOException {
          super.flush();
          flushes.release();
        }
      };
    }
  }

  /** A disk that is full while {@code failing}. */
  private static final class FailingSink implements LineSink {
    private final LineSink sink;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final CountDownLatch failed = new CountDownLatch(1);

    FailingSink(LineSink sink) {
      this.sink = sink;
    }

    @Override
    public OutputStream open() throws IOException {
      return new Passing(sink.open()) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          if (failing.get()) {
            failed.countDown();
            throw new IOException("No space left on device");
          }
          super.write(bytes, offset, length);
        }
      };
    }
  }

  /** Hands everything on. */
  private abstract static class Passing extends OutputStream {
    private final OutputStream out;

    Passing(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
