package io.flvkit.edge.vod;

import io.flvkit.codec.ByteSource;
import io.flvkit.codec.FlvFormatException;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.SeekPlan;
import io.flvkit.vod.Representation;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the view that a wish to seek means, and remembers the last ones: a file without an index
 * has to be read from its beginning. Thread-safe.
 */
final class SeekViews {
  private static final int REMEMBERED_MAX = 1000;

  private final Map<Wish, Sought> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Wish, Sought> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

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
    synchronized (remembered) {
      return remembered.get(new Wish(version, query));
    }
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
    try {
      FlvLimits limits = FlvLimits.defaults();
      Optional<SeekPlan> plan =
          query.kind() == SeekQuery.Kind.BYTES
              ? SeekPlan.byPosition(source, query.value(), limits)
              : SeekPlan.byTime(source, query.value(), limits);
      sought = new Sought(plan.map(found -> View.of(found, file)).orElse(null));
    } catch (FlvFormatException notFlv) {
      sought = new Sought(View.ofWhole(file));
    }
    synchronized (remembered) {
      remembered.put(new Wish(version, query), sought);
    }
    return sought;
  }
}
