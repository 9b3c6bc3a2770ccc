package io.flvkit.edge.vod;

import io.flvkit.edge.loop.Loop;
import io.flvkit.token.CanonicalPath;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Jobs that fetch files ahead; the last ones are remembered. Thread-safe. */
final class PrefetchJobs {
  private static final int REMEMBERED_MAX = 100;
  private static final int ID_BYTES = 8;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, PrefetchJob> jobs =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PrefetchJob> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  /** Starts a job and returns its id. */
  String start(
      List<CanonicalPath> paths, Function<CanonicalPath, @Nullable VodService> mounts, Loop loop) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    PrefetchJob job = new PrefetchJob(id, paths, mounts, loop);
    synchronized (jobs) {
      jobs.put(id, job);
    }
    loop.execute(job::start);
    return id;
  }

  @Nullable PrefetchProgress progress(String id) {
    PrefetchJob job;
    synchronized (jobs) {
      job = jobs.get(id);
    }
    return job == null ? null : job.progress();
  }
}
