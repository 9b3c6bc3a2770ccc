package io.flvkit.vod.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that stores, replaces and purges from four threads is killed, really, at any moment.
 * More rounds: {@code mvn -pl flv-vod-range test -Dtest=KilledProcessTest -Dflvkit.kills=300}.
 */
class KilledProcessTest {
  private static final int ROUNDS = Integer.getInteger("flvkit.kills", 5);
  private static final int FILES = 8;
  private static final long LENGTH = 16L * CacheStage.SLICE - 7;
  private static final int STORES_BEFORE_KILL_MAX = 400;

  @TempDir Path dir;

  @Test
  void no_wrong_byte_and_no_orphan_is_left_whenever_it_was_killed() throws Exception {
    Random random = new Random();
    long slices = 0;
    for (int round = 0; round < ROUNDS; round++) {
      killAfter(1 + random.nextInt(STORES_BEFORE_KILL_MAX));
      slices += checkAll();
    }

    assertThat(slices).as("slices that outlived a kill").isPositive();
  }

  private void killAfter(int stores) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (int i = 0; i < stores; i++) {
        assertThat(lines.readLine()).isEqualTo("stored");
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  /** Returns how many slices there were, each of them right. */
  private long checkAll() throws IOException {
    try (CacheStage stage = CacheStage.in(dir)) {
      for (int name = 0; name < FILES; name++) {
        CachedFile file = stage.cache.find("/" + name);
        for (long index = 0; file != null && index < 16; index++) {
          byte[] read = stage.read(file, index);
          assertThat(read).isIn(null, stage.expected(file, index));
        }
      }
      try (Stream<Path> files = Files.walk(dir)) {
        assertThat(files.filter(file -> file.toString().contains(".slice")).count())
            .isEqualTo(stage.cache.figures().slices());
      }
      return stage.cache.figures().slices();
    }
  }

  /** What is killed: says a line for each slice that it has stored. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] args) {
      CacheStage stage = CacheStage.in(Path.of(args[0]));
      ExecutorService threads = Executors.newFixedThreadPool(4);
      for (int thread = 0; thread < 4; thread++) {
        threads.execute(() -> work(stage));
      }
    }

    private static void work(CacheStage stage) {
      Random random = new Random();
      while (!System.out.checkError()) { // nobody listens: the test itself was killed
        String name = "/" + random.nextInt(FILES);
        CachedFile file = stage.admit(name, "v" + random.nextInt(2), LENGTH);
        SliceFill fill = stage.cache.begin(file, random.nextInt(16));
        if (fill != null) {
          fill.append(ByteBuffer.wrap(CacheStage.content(file.version(), fill.range())));
          System.out.println("stored");
        }
        if (random.nextInt(20) == 0) {
          stage.cache.purge(name::equals);
        }
      }
    }
  }
}
