package io.flvkit.edge.vod;

import io.flvkit.edge.http.Body;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.SliceGrid;
import io.flvkit.vod.cache.CachedFile;
import io.flvkit.vod.cache.SliceCache;
import io.flvkit.vod.cache.SliceLease;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A short cut for small ranges of slices that are open: their files go out as they are. */
final class OpenSlices {
  /** A body holds its slices open for as long as its client takes, so it has only a few. */
  private static final int SLICES_MAX = 4;

  private OpenSlices() {}

  /** The body; null if the range is not small, or not all of it is open. */
  static Body.@Nullable Parts body(SliceCache cache, CachedFile file, ByteRange range) {
    SliceGrid grid = cache.grid();
    long first = grid.indexOf(range.first());
    long last = grid.indexOf(range.last());
    if (last - first >= SLICES_MAX) {
      return null;
    }
    List<SliceLease> leases = new ArrayList<>();
    List<Body.Part> parts = new ArrayList<>();
    for (long index = first; index <= last; index++) {
      SliceLease lease = cache.openNow(file, index);
      if (lease == null) {
        leases.forEach(SliceLease::close);
        return null;
      }
      leases.add(lease);
      ByteRange slice = grid.range(index, file.version().length());
      long from = Math.max(range.first(), slice.first());
      long to = Math.min(range.last(), slice.last());
      parts.add(
          new Body.InFile(lease.channel(), lease.offset() + from - slice.first(), to - from + 1));
    }
    return new Body.Parts(range.length(), parts, () -> leases.forEach(SliceLease::close));
  }
}
