package io.flvkit.edge.netty;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How a listener accepts: it pauses while the process has as many files open as it may, and ends
 * without losing who has come before. Thread-safe.
 */
final class Acceptance {
  private static final long PAUSE_MILLIS = 200;
  private static final long LAST_LOOK_MILLIS = 2;
  private static final int LAST_LOOKS_MAX = 500;

  /** What an event loop accepts before it does something else. */
  private static final int ACCEPTED_AT_ONCE = 16;

  private final Channel server;
  private final ConnectionGate gate;
  private final AtomicBoolean paused = new AtomicBoolean();
  private final AtomicLong accepted = new AtomicLong();

  Acceptance(Channel server, ConnectionGate gate) {
    this.server = server;
    this.gate = gate;
  }

  /** A connection was accepted. If the next one would be a file too many, it has to wait. */
  void accepted() {
    accepted.incrementAndGet();
    if (!gate.files().accepted() && paused.compareAndSet(false, true)) {
      gate.limitHit("openFiles");
      server.config().setAutoRead(false);
      goOnWithRoom();
    }
  }

  private void goOnWithRoom() {
    server
        .eventLoop()
        .schedule(
            () -> {
              if (gate.files().hasRoom()) {
                paused.set(false);
                server.config().setAutoRead(true);
              } else if (server.isOpen()) {
                goOnWithRoom();
              }
            },
            PAUSE_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /**
   * Closes the listener when the system has no connection left that nobody has accepted yet: it
   * would reset those.
   */
  void closeWhenEmpty() {
    closeWhenEmpty(accepted.get(), LAST_LOOKS_MAX);
  }

  private void closeWhenEmpty(long acceptedBefore, int looks) {
    server
        .eventLoop()
        .schedule(
            () -> {
              long now = accepted.get();
              if (now - acceptedBefore < ACCEPTED_AT_ONCE || looks == 0) {
                server.close();
              } else {
                closeWhenEmpty(now, looks - 1);
              }
            },
            LAST_LOOK_MILLIS,
            TimeUnit.MILLISECONDS);
  }
}
