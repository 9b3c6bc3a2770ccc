package io.flvkit.edge.netty;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Looks host names up on threads of its own: the system's resolver blocks. */
final class HostNames {
  private static final int THREADS = 4;
  private static final int WAITING_MAX = 1_000;

  private final Executor threads;

  HostNames() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_MAX),
            task -> {
              Thread thread = new Thread(task, "flvkit-names");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  /**
   * The address of a host. An address literal is complete on return; a name that is unknown, or not
   * known in time, fails.
   */
  CompletableFuture<InetAddress> resolve(String host, long timeoutMillis) {
    String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    if (InetAddresses.isInetAddress(literal)) {
      return CompletableFuture.completedFuture(InetAddresses.forString(literal));
    }
    try {
      return CompletableFuture.supplyAsync(() -> lookUp(host), threads)
          .orTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static InetAddress lookUp(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("unknown host " + host, e);
    }
  }
}
