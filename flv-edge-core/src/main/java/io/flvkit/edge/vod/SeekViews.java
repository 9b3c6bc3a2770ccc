package io.flvkit.edge.vod;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import io.flvkit.codec.ByteSource;
import io.flvkit.codec.FlvFormatException;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.SeekMemory;
import io.flvkit.codec.SeekPlan;
import io.flvkit.vod.Representation;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the view that a wish to seek means, and remembers the last ones, and how far the last files
 * were read for them: one without an index has to be read from its beginning. Thread-safe.
 */
final class SeekViews {
  private static final int VIEWS_MAX = 1000;
  private static final int FILES_MAX = 64;

  private final Cache<Wish, Sought> remembered =
      CacheBuilder.newBuilder().maximumSize(VIEWS_MAX).build();
  private final LoadingCache<Object, SeekMemory> files =
      CacheBuilder.newBuilder()
          .maximumSize(FILES_MAX)
          .build(CacheLoader.from(unknown -> new SeekMemory()));

  /** A wish about one version of a file. */
  private record Wish(Object version, SeekQuery query) {}

  /**
   * What was found.
   *
   * @param view null: the file ends before that
   */
  record Sought(@Nullable View view) {}

  /** What is remembered of a wish; null: nothing. */
  @Nullable Sought remembered(Object version, SeekQuery query) {
    return remembered.getIfPresent(new Wish(version, query));
  }

  /**
   * The view; blocks on the source where it is not remembered. A file that is not FLV is seen as it
   * is.
   *
   * @param version tells versions of files apart; compared by {@code equals}
   */
  Sought find(Object version, SeekQuery query, Representation file, ByteSource source)
      throws IOException {
    Sought known = remembered(version, query);
    if (known != null) {
      return known;
    }
    Sought sought;
    SeekMemory memory = files.getUnchecked(version);
    try {
      Optional<SeekPlan> plan;
      synchronized (memory) { // who seeks in the same file waits, and need not read it again
        plan = plan(query, source, memory);
      }
      sought = new Sought(plan.map(found -> View.of(found, file)).orElse(null));
    } catch (FlvFormatException notFlv) {
      sought = new Sought(View.ofWhole(file));
    }
    remembered.put(new Wish(version, query), sought);
    return sought;
  }

  private static Optional<SeekPlan> plan(SeekQuery query, ByteSource source, SeekMemory memory)
      throws IOException {
    FlvLimits limits = FlvLimits.defaults();
    return query.kind() == SeekQuery.Kind.BYTES
        ? SeekPlan.byPosition(source, query.value(), limits, memory)
        : SeekPlan.byTime(source, query.value(), limits, memory);
  }
}
