package io.flvkit.vod.cache;

import io.flvkit.vod.SliceGrid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rebuilds the table of slices from the headers on disk, after whatever end the last run had. */
final class SliceRecovery {
  private final CacheDisk disk;
  private final SliceGrid grid;
  private final Map<String, CachedFile> files = new HashMap<>();
  private final List<String> surplus = new ArrayList<>();

  private SliceRecovery(CacheDisk disk, SliceGrid grid) {
    this.disk = disk;
    this.grid = grid;
  }

  /** A slice that was found, with its own reading of the version. */
  private record Found(String name, SliceHeader header) {}

  static SliceRecovery read(CacheDisk disk, SliceGrid grid) throws IOException {
    SliceRecovery recovery = new SliceRecovery(disk, grid);
    List<Found> found = new ArrayList<>();
    for (String name : disk.names()) {
      SliceHeader header = SliceNames.isWhole(name) ? recovery.header(name) : null;
      if (header != null) {
        found.add(new Found(name, header));
      } else if (SliceNames.isWhole(name) || SliceNames.isTemporary(name)) {
        recovery.surplus.add(name);
      }
    }
    found.sort(
        Comparator.comparing((Found slice) -> slice.header().freshness().received())
            .reversed()
            .thenComparing(Found::name));
    found.forEach(recovery::enter);
    return recovery;
  }

  /** The newest version of each file by key, with its slices. */
  Map<String, CachedFile> files() {
    return files;
  }

  /** Names of files that no table should ever refer to again. */
  List<String> surplus() {
    return surplus;
  }

  private void enter(Found found) {
    SliceHeader header = found.header();
    FileVersion version = header.version();
    CachedFile file =
        files.computeIfAbsent(version.key(), key -> new CachedFile(version, header.freshness()));
    // Field by field the same: the store compares what it opens with the version it knows. One that
    // comes as a whole may have no validator that tells it from the one before: of one answer only.
    boolean same =
        file.version().equals(version)
            && (!version.whole()
                || header.freshness().received().equals(file.freshness().received()));
    if (!same) {
      surplus.add(found.name());
      return;
    }
    StoredSlice slice =
        new StoredSlice(file, header.index(), found.name(), header.dataBytes(), header.checksum());
    if (file.slices().putIfAbsent(header.index(), slice) != null) {
      surplus.add(found.name());
    }
  }

  /** The header of a slice that fits this cache; null for anything else. */
  private @Nullable SliceHeader header(String name) {
    try (FileChannel channel = disk.open(name)) {
      ByteBuffer page = ByteBuffer.allocate(SliceHeader.BYTES);
      while (page.hasRemaining()) {
        if (channel.read(page, page.position()) < 0) {
          return null;
        }
      }
      SliceHeader header = SliceHeader.read(page.flip());
      return header != null && fits(header) && channel.size() == page.limit() + header.dataBytes()
          ? header
          : null;
    } catch (IOException unreadable) {
      return null;
    }
  }

  private boolean fits(SliceHeader header) {
    long length = header.version().length();
    return header.sliceBytes() == grid.sliceBytes()
        && header.index() >= 0
        && header.index() < grid.count(length)
        && header.dataBytes() == grid.range(header.index(), length).length();
  }
}
