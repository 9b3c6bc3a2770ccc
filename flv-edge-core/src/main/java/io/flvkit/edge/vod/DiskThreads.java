package io.flvkit.edge.vod;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads on which files are looked up and opened, so that no event loop waits for a disk. */
public final class DiskThreads {
  private static final int THREADS = 4;

  /** Look-ups that may wait; one more is refused, and its client told to come back. */
  private static final int WAITING_MAX = 4096;

  private DiskThreads() {}

  /** A pool of daemon threads, which end when idle. The caller shuts it down. */
  public static ExecutorService create() {
    return create("flvkit-disk");
  }

  /** The same under another name: for what waits for more than a disk, and must not hold it up. */
  public static ExecutorService create(String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_MAX),
            task -> thread(task, name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
