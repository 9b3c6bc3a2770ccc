package io.flvkit.examples.cli;

import io.flvkit.examples.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Clients who come to one port all the time, each with one request on a new connection. */
final class Newcomers implements AutoCloseable {
  /** Connections at a time. */
  static final int THREADS = 3;

  private static final long PAUSE_NANOS = 2_000_000L;
  private static final long DEADLINE_NANOS = 30_000_000_000L;
  private static final String REQUEST =
      "HEAD /live/demo.flv HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  private final InetSocketAddress address;
  private final AtomicInteger served = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  private Newcomers(InetSocketAddress address) {
    this.address = address;
  }

  static Newcomers at(int port) {
    Newcomers newcomers =
        new Newcomers(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(newcomers::come, "test-newcomers");
      thread.setDaemon(true);
      thread.start();
      newcomers.threads.add(thread);
    }
    return newcomers;
  }

  private void come() {
    while (!over) {
      try {
        String answer = RawHttp.exchange(address, REQUEST);
        if (answer.startsWith("HTTP/1.1 200 ")) {
          served.incrementAndGet();
        } else {
          failures.add(answer.lines().findFirst().orElse("an empty answer"));
        }
      } catch (IOException e) {
        failures.add(String.valueOf(e));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** How many were answered as they should. */
  int served() {
    return served.get();
  }

  /** What happened to the others. */
  List<String> failures() {
    return failures;
  }

  /** Waits until so many more have been served. */
  void awaitMore(int count) {
    int wanted = served.get() + count;
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (served.get() < wanted) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("nobody is served: " + failures);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public void close() {
    over = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
