package io.flvkit.edge.netty;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Counts the connections of all listeners, and keeps out those beyond the limits. Thread-safe. */
public final class ConnectionGate {
  private final Consumer<String> onLimit;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentMap<InetAddress, Integer> openByAddress = new ConcurrentHashMap<>();
  private volatile int connections;
  private volatile int connectionsPerIp;

  /**
   * A gate without limits.
   *
   * @param onLimit told the limit's key in the configuration whenever it keeps a connection out
   */
  public ConnectionGate(Consumer<String> onLimit) {
    this.onLimit = onLimit;
  }

  /** Sets the limits; 0 is none. Connections that are open stay. */
  public void limit(int all, int perAddress) {
    connections = all;
    connectionsPerIp = perAddress;
  }

  /** Whether another connection may come in; if so, it must {@link #leave}. */
  boolean enter(InetAddress peer) {
    int all = open.incrementAndGet();
    int own = openByAddress.merge(peer, 1, Integer::sum);
    if (connections > 0 && all > connections) {
      leave(peer);
      onLimit.accept("connections");
      return false;
    }
    if (connectionsPerIp > 0 && own > connectionsPerIp) {
      leave(peer);
      onLimit.accept("connectionsPerIp");
      return false;
    }
    return true;
  }

  void leave(InetAddress peer) {
    open.decrementAndGet();
    openByAddress.computeIfPresent(peer, (address, count) -> count > 1 ? count - 1 : null);
  }
}
