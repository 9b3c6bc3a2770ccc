package io.flvkit.edge.vod;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.vod.ByteRange;
import io.flvkit.vod.EntityTag;
import io.flvkit.vod.Representation;
import io.flvkit.vod.SliceGrid;
import io.flvkit.vod.cache.CacheDisk;
import io.flvkit.vod.cache.CacheLimits;
import io.flvkit.vod.cache.CachedFile;
import io.flvkit.vod.cache.FileVersion;
import io.flvkit.vod.cache.Freshness;
import io.flvkit.vod.cache.SliceCache;
import io.flvkit.vod.cache.SliceFill;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Read-ahead: whoever plays on finds the next slice on its way, and the origin sends no more. */
class SlicedBodyTest {
  private static final int SLICE = 4096;
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path folder;
  private final ManualLoop loop = new ManualLoop();
  private final RecordingSink client = new RecordingSink();
  private final List<SliceFill> asked = new ArrayList<>();
  private SliceCache cache;
  private CachedFile file;

  @BeforeEach
  void open() throws IOException {
    CacheLimits limits = new CacheLimits(1 << 20, new SliceGrid(SLICE), 4, 64 * SLICE);
    cache = SliceCache.open(CacheDisk.of(folder), limits, Runnable::run, new Random(1), () -> 0);
    FileVersion version =
        new FileVersion(
            "/a.flv", new Representation(5 * SLICE, EntityTag.strong("v1"), NOW), false, Map.of());
    Freshness fresh = new Freshness(NOW, Duration.ZERO, Duration.ofHours(1), Duration.ZERO, false);
    file = cache.admit(version, fresh);
  }

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void asks_for_the_next_slice_when_the_first_bytes_of_one_have_left() {
    SlicedBody body = body(new ByteRange(0, 5 * SLICE - 1));

    body.start(client);
    body.more();
    loop.run();
    assertThat(slicesAsked()).containsExactly(0L);
    send(0, 100);

    assertThat(client.bytes.size()).isEqualTo(100);
    assertThat(slicesAsked()).containsExactly(0L, 1L);
  }

  @Test
  void asks_for_no_slice_behind_the_range() {
    SlicedBody body = body(new ByteRange(10, SLICE - 1));

    body.start(client);
    body.more();
    loop.run();
    send(0, SLICE);

    assertThat(client.ended).isTrue();
    assertThat(slicesAsked()).containsExactly(0L);
  }

  @Test
  void a_client_that_takes_no_more_costs_the_origin_two_slices_beyond_what_it_took() {
    SlicedBody body = body(new ByteRange(0, 5 * SLICE - 1));

    body.start(client);
    body.more();
    loop.run();
    send(0, SLICE);
    send(1, SLICE);
    loop.run();

    assertThat(client.bytes.size()).isEqualTo(SLICE);
    assertThat(slicesAsked()).containsExactly(0L, 1L);
  }

  @Test
  void the_rest_comes_slice_after_slice_as_it_is_taken() {
    SlicedBody body = body(new ByteRange(0, 5 * SLICE - 1));
    body.start(client);

    for (int slice = 0; slice < 5; slice++) {
      body.more();
      loop.run();
      send(slice, SLICE);
    }

    assertThat(client.ended).isTrue();
    assertThat(client.bytes.size()).isEqualTo(5 * SLICE);
    assertThat(slicesAsked()).containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  private SlicedBody body(ByteRange range) {
    return new SlicedBody(
        cache, file, List.of(new Segment.OfFile(range)), asked::add, 0, loop, Runnable::run);
  }

  private List<Long> slicesAsked() {
    return asked.stream().map(fill -> cache.grid().indexOf(fill.range().first())).toList();
  }

  /** The origin sends so many bytes of a slice that was asked for. */
  private void send(int slice, int bytes) {
    asked.get(slice).append(ByteBuffer.allocate(bytes));
    loop.run();
  }
}
