package io.flvkit.vod.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.vod.ByteRange;
import io.flvkit.vod.Representation;
import io.flvkit.vod.SliceGrid;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SliceCacheTest {
  private static final long LENGTH = 3 * CacheStage.SLICE - 100;

  @TempDir Path dir;

  @Nested
  class A_slice {
    @Test
    void is_fetched_once_and_read_by_all_who_asked_meanwhile() {
      try (CacheStage stage = CacheStage.in(dir)) {
        CachedFile file = stage.admit("/a.flv", "v1", LENGTH);
        List<SliceFill> asked = new ArrayList<>();

        List<SliceFill> followed = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          SliceAccess access = stage.access(file, 2, asked::add);
          followed.add(((SliceAccess.Coming) access).fill());
        }

        assertThat(asked).hasSize(1);
        assertThat(followed).containsOnly(asked.get(0));
        asked.get(0).append(ByteBuffer.wrap(stage.expected(file, 2)));
        assertThat(stage.read(file, 2)).isEqualTo(stage.expected(file, 2));
      }
    }

    @Test
    void comes_although_who_asked_first_has_left() {
      try (CacheStage stage = CacheStage.in(dir)) {
        CachedFile file = stage.admit("/a.flv", "v1", LENGTH);
        List<SliceFill> asked = new ArrayList<>();
        ((SliceAccess.Coming) stage.access(file, 0, asked::add)).fill().release();

        asked.get(0).append(ByteBuffer.wrap(stage.expected(file, 0)));

        assertThat(stage.read(file, 0)).isEqualTo(stage.expected(file, 0));
        assertThat(stage.cache.figures().fillBytes()).isZero();
      }
    }

    @Test
    void that_does_not_come_fails_for_all_with_one_answer_and_is_asked_for_anew_later() {
      try (CacheStage stage = CacheStage.in(dir)) {
        CachedFile file = stage.admit("/a.flv", "v1", LENGTH);
        List<SliceFill> asked = new ArrayList<>();
        SliceFill one = ((SliceAccess.Coming) stage.access(file, 0, asked::add)).fill();
        SliceFill two = ((SliceAccess.Coming) stage.access(file, 0, asked::add)).fill();
        List<String> woken = new ArrayList<>();
        one.await(0, () -> woken.add("one"));
        two.await(0, () -> woken.add("two"));

        FillFailure why = new FillFailure(FillFailure.Kind.LATE, "nobody answered");
        asked.get(0).fail(why);
        stage.access(file, 0, asked::add);

        assertThat(woken).containsExactly("one", "two");
        assertThat(List.of(one.failure(), two.failure())).containsOnly(why);
        assertThat(asked).hasSize(2);
      }
    }

    @Test
    void can_be_read_as_far_as_it_has_come() {
      try (CacheStage stage = CacheStage.in(dir)) {
        CachedFile file = stage.admit("/a.flv", "v1", LENGTH);
        SliceFill fill = stage.cache.begin(file, 1);
        List<Integer> woken = new ArrayList<>();
        fill.await(CacheStage.SLICE, () -> woken.add(1));

        fill.append(ByteBuffer.wrap(Arrays.copyOf(stage.expected(file, 1), 10)));

        assertThat(woken).containsExactly(1);
        assertThat(fill.bytes(CacheStage.SLICE + 4, 100).remaining()).isEqualTo(6);
        assertThat(fill.bytes(CacheStage.SLICE + 10, 100)).isNull();
        assertThat(fill.missing())
            .isEqualTo(new ByteRange(CacheStage.SLICE + 10, 2 * CacheStage.SLICE - 1));
      }
    }

    @Test
    void takes_no_more_bytes_than_it_has() {
      try (CacheStage stage = CacheStage.in(dir)) {
        CachedFile file = stage.admit("/a.flv", "v1", LENGTH);
        SliceFill last = stage.cache.begin(file, 2);
        ByteBuffer more = ByteBuffer.allocate(CacheStage.SLICE);

        last.append(more);

        assertThat(more.remaining()).isEqualTo(100);
        assertThat(last.missing()).isNull();
      }
    }

    @Test
    void waits_for_room_when_as_much_is_coming_as_may() {
      CacheLimits limits =
          new CacheLimits(
              CacheStage.ROOMY, new SliceGrid(CacheStage.SLICE), 4, 2 * CacheStage.SLICE);
      try (CacheStage stage = new CacheStage(dir, limits, disk -> disk, Runnable::run)) {
        CachedFile file = stage.admit("/a.flv", "v1", LENGTH);
        SliceFill first = stage.cache.begin(file, 0);
        stage.cache.begin(file, 1);

        SliceAccess.Kind refused = stage.access(file, 2, fill -> {}).kind();
        first.append(ByteBuffer.wrap(stage.expected(file, 0)));
        SliceAccess.Kind taken = stage.access(file, 2, fill -> {}).kind();

        assertThat(refused).isEqualTo(SliceAccess.Kind.NO_ROOM);
        assertThat(taken).isEqualTo(SliceAccess.Kind.COMING);
      }
    }

    @Test
    void is_readable_from_memory_until_it_is_on_disk() {
      Queue<Runnable> disk = new ArrayDeque<>();
      try (CacheStage stage = new CacheStage(dir, CacheStage.ROOMY, d -> d, disk::add)) {
        CachedFile file = stage.admit("/a.flv", "v1", LENGTH);
        stage.fill(file, 0);

        SliceAccess before = stage.access(file, 0, fill -> {});
        for (Runnable task; (task = disk.poll()) != null; ) {
          task.run();
        }
        boolean stored = stage.cache.holds(file, new ByteRange(0, CacheStage.SLICE - 1));

        assertThat(before.kind()).isEqualTo(SliceAccess.Kind.COMING);
        assertThat(stored).isTrue();
      }
    }
  }

  @Nested
  class A_file {
    @Test
    void of_the_same_version_keeps_its_slices_and_gets_younger() {
      try (CacheStage stage = CacheStage.in(dir)) {
        CachedFile file = stage.admit("/a.flv", "v1", LENGTH);
        stage.fill(file, 0);
        Freshness later = CacheStage.freshFor(Duration.ofDays(2));

        CachedFile same = stage.cache.admit(file.version(), later);

        assertThat(same).isSameAs(file);
        assertThat(same.freshness()).isEqualTo(later);
        assertThat(stage.read(same, 0)).isNotNull();
      }
    }

    @Test
    void of_another_version_has_none_of_the_slices_and_the_old_one_is_gone_from_the_disk() {
      try (CacheStage stage = CacheStage.in(dir)) {
        CachedFile old = stage.admit("/a.flv", "v1", LENGTH);
        stage.fill(old, 0);

        CachedFile changed = stage.admit("/a.flv", "v2", LENGTH);

        assertThat(old.isDropped()).isTrue();
        assertThat(stage.read(changed, 0)).isNull();
        assertThat(stage.read(old, 0)).isNull();
        assertThat(slicesOnDisk()).isEmpty();
      }
    }

    @Test
    void that_changed_while_a_slice_came_does_not_get_that_slice() {
      try (CacheStage stage = CacheStage.in(dir)) {
        CachedFile old = stage.admit("/a.flv", "v1", LENGTH);
        SliceFill late = stage.cache.begin(old, 0);
        CachedFile changed = stage.admit("/a.flv", "v2", LENGTH);

        late.append(ByteBuffer.wrap(stage.expected(old, 0)));

        assertThat(stage.read(changed, 0)).isNull();
        assertThat(slicesOnDisk()).isEmpty();
      }
    }

    @Test
    void is_purged_with_all_its_slices_by_its_name_or_a_part_of_it() {
      try (CacheStage stage = CacheStage.in(dir)) {
        for (String name : List.of("/2026/a.flv", "/2026/b.flv", "/2025/c.flv")) {
          CachedFile file = stage.admit(name, "v1", LENGTH);
          stage.fill(file, 0);
          stage.fill(file, 2);
        }

        int purged = stage.cache.purge(key -> key.startsWith("/2026/"));

        assertThat(purged).isEqualTo(2);
        assertThat(stage.cache.find("/2026/a.flv")).isNull();
        assertThat(stage.cache.figures().slices()).isEqualTo(2);
        assertThat(slicesOnDisk()).hasSize(2);
      }
    }

    @Test
    void survives_a_restart_with_its_facts() {
      CachedFile before;
      try (CacheStage stage = CacheStage.in(dir)) {
        before = stage.admit("/a.flv", "v1", LENGTH);
        stage.fill(before, 1);
      }

      try (CacheStage stage = CacheStage.in(dir)) {
        CachedFile after = stage.cache.find("/a.flv");

        assertThat(after.version()).isEqualTo(before.version());
        assertThat(after.freshness()).isEqualTo(before.freshness());
        assertThat(stage.read(after, 1)).isEqualTo(stage.expected(before, 1));
        assertThat(stage.read(after, 0)).isNull();
      }
    }

    @Test
    void without_validators_is_never_made_of_two_answers_after_a_restart() {
      FileVersion nameless =
          new FileVersion("/a.flv", new Representation(LENGTH, null, null), true, Map.of());
      try (CacheStage stage =
          new CacheStage(dir, CacheStage.ROOMY, Undeletable::new, Runnable::run)) {
        CachedFile first = stage.cache.admit(nameless, received(0));
        stage.fill(first, 0);
        stage.fill(first, 1);
        CachedFile second = stage.cache.admit(nameless, received(60));
        stage.fill(second, 0);
      }

      try (CacheStage stage = CacheStage.in(dir)) {
        CachedFile after = stage.cache.find("/a.flv");

        assertThat(after.freshness().received()).isEqualTo(received(60).received());
        assertThat(stage.read(after, 0)).isNotNull();
        assertThat(stage.read(after, 1)).isNull();
      }
    }

    private static Freshness received(long second) {
      return new Freshness(
          CacheStage.NOW.plusSeconds(second),
          Duration.ZERO,
          Duration.ofHours(1),
          Duration.ZERO,
          false);
    }

    @Test
    void cut_by_another_grid_is_forgotten_at_the_start() {
      try (CacheStage stage = CacheStage.in(dir)) {
        stage.fill(stage.admit("/a.flv", "v1", LENGTH), 0);
      }
      CacheLimits larger = CacheLimits.of(CacheStage.ROOMY, 2 * CacheStage.SLICE);

      try (CacheStage stage = new CacheStage(dir, larger, disk -> disk, Runnable::run)) {
        assertThat(stage.cache.find("/a.flv")).isNull();
        assertThat(slicesOnDisk()).isEmpty();
      }
    }

    @Test
    void with_too_many_words_cannot_be_kept() {
      assertThat(SliceCache.canKeep(CacheStage.version("/a.flv", "v1", 1))).isTrue();
      assertThat(SliceCache.canKeep(CacheStage.version("/" + "a".repeat(4000), "v1", 1))).isFalse();
    }
  }

  @Nested
  class A_changed_byte {
    @Test
    void is_found_at_the_first_use_after_a_start() throws IOException {
      try (CacheStage stage = CacheStage.in(dir)) {
        stage.fill(stage.admit("/a.flv", "v1", LENGTH), 0);
      }
      flip(slicesOnDisk().get(0), 4096 + 17);

      try (CacheStage stage = CacheStage.in(dir)) {
        assertThat(stage.read(stage.cache.find("/a.flv"), 0)).isNull();
        assertThat(slicesOnDisk()).isEmpty();
      }
    }

    @Test
    void is_found_while_the_file_is_open() throws IOException {
      try (CacheStage stage = CacheStage.in(dir)) {
        CachedFile file = stage.admit("/a.flv", "v1", LENGTH);
        stage.fill(file, 0);
        assertThat(stage.read(file, 0)).isNotNull();
        flip(slicesOnDisk().get(0), 4096);
        stage.nanos += 1_000_000_001L;

        assertThat(stage.read(file, 0)).isNull();
      }
    }

    @Test
    void of_the_header_makes_it_no_slice() throws IOException {
      try (CacheStage stage = CacheStage.in(dir)) {
        stage.fill(stage.admit("/a.flv", "v1", LENGTH), 0);
      }
      flip(slicesOnDisk().get(0), 40);

      try (CacheStage stage = CacheStage.in(dir)) {
        assertThat(stage.cache.find("/a.flv")).isNull();
      }
    }
  }

  @Nested
  class The_limit {
    @Test
    void of_bytes_holds_and_a_burst_of_files_read_once_does_not_push_out_the_wanted_ones() {
      long slot = CacheStage.SLICE + 4096;
      try (CacheStage stage = new CacheStage(dir, 100 * slot, disk -> disk, Runnable::run)) {
        List<CachedFile> wanted = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          wanted.add(stage.admit("/wanted-" + i, "v1", CacheStage.SLICE));
          stage.fill(wanted.get(i), 0);
        }
        for (int round = 0; round < 10; round++) {
          wanted.forEach(file -> stage.read(file, 0));
        }

        for (int i = 0; i < 1000; i++) {
          stage.fill(stage.admit("/once-" + i, "v1", CacheStage.SLICE), 0);
          if (i % 20 == 0) {
            wanted.forEach(file -> stage.read(file, 0));
          }
        }

        long kept = wanted.stream().filter(file -> stage.read(file, 0) != null).count();
        assertThat(kept).isGreaterThanOrEqualTo(48);
        assertThat(stage.cache.figures().bytes()).isLessThanOrEqualTo(100 * slot);
        assertThat(slicesOnDisk()).hasSizeLessThanOrEqualTo(100);
        assertThat(stage.cache.figures().files()).isLessThanOrEqualTo(100);
      }
    }

    @Test
    void of_open_files_holds_and_what_is_in_use_stays_open() {
      try (CacheStage stage = CacheStage.in(dir)) {
        CachedFile file = stage.admit("/a.flv", "v1", 8L * CacheStage.SLICE);
        List<SliceLease> held = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          stage.fill(file, i);
        }
        for (int i = 0; i < 4; i++) {
          held.add(((SliceAccess.Stored) stage.access(file, i, fill -> {})).lease());
        }

        SliceAccess.Kind fifth = stage.access(file, 4, fill -> {}).kind();
        held.get(0).close();
        SliceAccess.Kind again = stage.access(file, 5, fill -> {}).kind();

        assertThat(fifth).isEqualTo(SliceAccess.Kind.NO_ROOM);
        assertThat(again).isEqualTo(SliceAccess.Kind.STORED);
        assertThat(stage.cache.figures().openFiles()).isEqualTo(4);
        assertThat(CacheStage.bytes(held.get(3))).isEqualTo(stage.expected(file, 3));
        ByteBuffer copy = ByteBuffer.allocate(100);
        assertThat(stage.cache.copy(file, 6L * CacheStage.SLICE + 50, copy)).isTrue();
        assertThat(copy.array()).isEqualTo(Arrays.copyOfRange(stage.expected(file, 6), 50, 150));
        assertThat(stage.cache.figures().openFiles()).isEqualTo(4);
      }
    }

    @Test
    void of_open_files_counts_what_is_purged_while_somebody_reads_it() {
      try (CacheStage stage = CacheStage.in(dir)) {
        CachedFile file = stage.admit("/a.flv", "v1", LENGTH);
        stage.fill(file, 0);
        SliceLease lease = ((SliceAccess.Stored) stage.access(file, 0, fill -> {})).lease();

        stage.cache.purge(key -> true);

        assertThat(CacheStage.bytes(lease)).isEqualTo(stage.expected(file, 0));
        assertThat(stage.cache.figures().openFiles()).isEqualTo(1);
        lease.close();
        lease.close();
        assertThat(stage.cache.figures().openFiles()).isZero();
      }
    }
  }

  @Test
  void a_folder_has_one_cache_at_a_time() throws IOException {
    try (CacheStage stage = CacheStage.in(dir)) {
      assertThat(stage.cache.figures().files()).isZero();
      assertThatThrownBy(() -> CacheDisk.of(dir))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use");
    }

    CacheDisk.of(dir).close();
  }

  private List<Path> slicesOnDisk() {
    try (Stream<Path> files = Files.walk(dir)) {
      return files.filter(file -> file.toString().contains(".slice")).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ 1);
    }
  }

  /** Deletes nothing, and says so: the process dies before it can try again. */
  private record Undeletable(CacheDisk disk) implements CacheDisk {
    @Override
    public List<String> names() throws IOException {
      return disk.names();
    }

    @Override
    public void write(String name, List<ByteBuffer> content) throws IOException {
      disk.write(name, content);
    }

    @Override
    public void rename(String from, String to) throws IOException {
      disk.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
      throw new IOException("not now");
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
