package io.flvkit.edge.vod;

import io.flvkit.edge.loop.Loop;
import io.flvkit.token.CanonicalPath;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The mounts of files of an edge, as its operator sees them. Thread-safe. */
public final class VodMounts {
  private final VodCaches caches;
  private final Executor disk;
  private final PrefetchJobs jobs = new PrefetchJobs();
  private volatile List<VodService> services = List.of();

  /** No mounts yet; {@code disk} runs what may block. */
  public VodMounts(VodCaches caches, Executor disk) {
    this.caches = caches;
    this.disk = disk;
  }

  /** What the caches hold. */
  public VodCaches caches() {
    return caches;
  }

  /** Other mounts, of a configuration read anew. */
  public void replace(List<VodService> mounts) {
    services =
        mounts.stream()
            .sorted(
                Comparator.comparingInt((VodService mount) -> mount.mount().decoded().length())
                    .reversed())
            .toList();
  }

  /**
   * Gives up cached files; the stage completes with their number when they are gone.
   *
   * @throws RejectedExecutionException if the disk has too much to do
   */
  public CompletionStage<Integer> purge(PurgeOrder order) {
    return CompletableFuture.supplyAsync(
        () -> {
          services.forEach(service -> service.forget(order));
          return caches.purge(order);
        },
        disk);
  }

  /**
   * Begins to fetch files into the caches of their mounts.
   *
   * @param loop on which it is done
   * @return the id of the job
   */
  public String prefetch(List<CanonicalPath> paths, Loop loop) {
    return jobs.start(paths, this::mountOf, loop);
  }

  /** How far a job is; null if there is none of that id any more. */
  public @Nullable PrefetchProgress progress(String id) {
    return jobs.progress(id);
  }

  private @Nullable VodService mountOf(CanonicalPath path) {
    return services.stream()
        .filter(service -> path.startsWith(service.mount()))
        .findFirst()
        .orElse(null);
  }
}
