package io.flvkit.vod.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same life of a cache again and again, with one call to the disk going wrong, each in turn.
 */
class BrokenDiskTest {
  private static final long LENGTH = 3 * CacheStage.SLICE - 100;

  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource(FaultyDisk.Fault.class)
  void whatever_call_goes_wrong_no_wrong_byte_is_read_and_a_restart_leaves_no_orphans(
      FaultyDisk.Fault fault) throws IOException {
    int rounds = 0;
    for (boolean struck = true; struck; ) {
      Path folder = dir.resolve(fault + "-" + ++rounds);
      struck = live(folder, fault, rounds);
      checkAfterRestart(folder);
    }

    assertThat(rounds).isGreaterThan(15);
  }

  @Test
  void a_full_disk_keeps_nothing_and_disturbs_nobody() {
    try (CacheStage stage = new CacheStage(dir, CacheStage.ROOMY, FullDisk::new, Runnable::run)) {
      CachedFile file = stage.admit("/a.flv", "v1", LENGTH);

      List<byte[]> got = new ArrayList<>();
      SliceFill fill = stage.cache.begin(file, 0);
      assertThat(fill.retain()).isTrue();
      fill.append(ByteBuffer.wrap(stage.expected(file, 0)));
      byte[] bytes = new byte[CacheStage.SLICE];
      fill.bytes(0, CacheStage.SLICE).get(bytes);
      got.add(bytes);
      fill.release();

      assertThat(got).containsExactly(stage.expected(file, 0));
      assertThat(stage.read(file, 0)).isNull();
      assertThat(stage.cache.failedWrites()).isEqualTo(1);
      assertThat(stage.cache.figures().fillBytes()).isZero();
      assertThat(stage.cache.figures().slices()).isZero();
    }
  }

  /** Returns whether the fault struck before the life was over. */
  private static boolean live(Path folder, FaultyDisk.Fault fault, int at) {
    FaultyDisk[] disk = {null};
    try (CacheStage stage =
        new CacheStage(
            folder,
            CacheStage.ROOMY,
            good -> disk[0] = new FaultyDisk(good, fault, at),
            Runnable::run)) {
      CachedFile first = stage.admit("/a.flv", "v1", LENGTH);
      stage.fill(first, 0);
      stage.fill(first, 2);
      check(stage, first);
      stage.nanos += 2_000_000_000L;
      check(stage, first);
      CachedFile second = stage.admit("/a.flv", "v2", LENGTH);
      stage.fill(second, 0);
      check(stage, second);
      check(stage, first);
      CachedFile other = stage.admit("/b.flv", "v1", LENGTH);
      stage.fill(other, 1);
      check(stage, other);
      stage.cache.purge("/b.flv"::equals);
      check(stage, other);
    } catch (FaultyDisk.Killed | CacheException end) {
      return true;
    }
    return disk[0].struck();
  }

  private static void check(CacheStage stage, CachedFile file) {
    for (long index = 0; index < stage.cache.grid().count(LENGTH); index++) {
      byte[] read = stage.read(file, index);
      if (read != null) {
        assertThat(read).isEqualTo(stage.expected(file, index));
      }
    }
  }

  private static void checkAfterRestart(Path folder) throws IOException {
    try (CacheStage stage = CacheStage.in(folder)) {
      for (String key : List.of("/a.flv", "/b.flv")) {
        CachedFile file = stage.cache.find(key);
        if (file != null) {
          check(stage, file);
        }
      }
      try (Stream<Path> files = Files.walk(folder)) {
        long slices = files.filter(file -> file.toString().contains(".slice")).count();
        assertThat(slices).isEqualTo(stage.cache.figures().slices());
      }
    }
  }

  /** Takes no file. */
  private record FullDisk(CacheDisk disk) implements CacheDisk {
    @Override
    public List<String> names() throws IOException {
      return disk.names();
    }

    @Override
    public void write(String name, List<ByteBuffer> content) throws IOException {
      throw new IOException("no space left on device");
    }

    @Override
    public void rename(String from, String to) throws IOException {
      disk.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
      disk.delete(name);
    }

    @Override
    public FileChannel open(String name) throws IOException {
      return disk.open(name);
    }

    @Override
    public Object stamp(String name) throws IOException {
      return disk.stamp(name);
    }

    @Override
    public void close() {
      disk.close();
    }
  }
}
