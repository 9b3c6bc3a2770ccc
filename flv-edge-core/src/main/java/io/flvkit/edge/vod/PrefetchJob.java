package io.flvkit.edge.vod;

import io.flvkit.edge.loop.Loop;
import io.flvkit.token.CanonicalPath;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files into their caches, a few at a time, each slice by slice. Confined to its loop, but
 * for its progress.
 */
final class PrefetchJob {
  private static final int FILES_AT_A_TIME = 4;

  private final String id;
  private final int files;
  private final Queue<CanonicalPath> waiting;
  private final Function<CanonicalPath, @Nullable VodService> mounts;
  private final Loop loop;
  private final AtomicLong bytesDone = new AtomicLong();
  private final AtomicLong bytesTotal = new AtomicLong();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private int running;
  private volatile boolean over;

  PrefetchJob(
      String id,
      List<CanonicalPath> paths,
      Function<CanonicalPath, @Nullable VodService> mounts,
      Loop loop) {
    this.id = id;
    this.files = paths.size();
    this.waiting = new ArrayDeque<>(paths);
    this.mounts = mounts;
    this.loop = loop;
  }

  PrefetchProgress progress() {
    PrefetchProgress.State state =
        !over
            ? PrefetchProgress.State.RUNNING
            : errors.isEmpty() ? PrefetchProgress.State.DONE : PrefetchProgress.State.FAILED;
    return new PrefetchProgress(
        id, state, files, bytesDone.get(), bytesTotal.get(), List.copyOf(errors));
  }

  /** Begins; called once. */
  void start() {
    while (running < FILES_AT_A_TIME && !waiting.isEmpty()) {
      CanonicalPath path = waiting.remove();
      running++;
      VodService mount = mounts.apply(path);
      if (mount == null) {
        loop.execute(() -> finished(path, "no files are served there"));
      } else {
        mount
            .prefetch(path, id, loop, bytesTotal::addAndGet, bytesDone::addAndGet)
            .whenComplete(
                (error, failure) ->
                    loop.execute(
                        () -> finished(path, failure == null ? error : "the cache failed")));
      }
    }
    over = running == 0;
  }

  private void finished(CanonicalPath path, @Nullable String error) {
    if (error != null) {
      errors.add(path.encoded() + ": " + error);
    }
    running--;
    start();
  }
}
