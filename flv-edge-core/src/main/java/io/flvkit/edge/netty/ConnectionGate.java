package io.flvkit.edge.netty;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Counts the connections of all listeners, and keeps out those beyond the limits: some of them are
 * told so, the rest is closed without a word. Thread-safe.
 */
public final class ConnectionGate {
  /** Most connections beyond the limits that are open at once, to be told so. */
  private static final int SURPLUS_MAX = 256;

  /** What becomes of a new connection. */
  enum Entry {
    /** It may come in, and must {@link #leave}. */
    ADMITTED,
    /** Its first request is answered with 503; it must {@link #leaveSurplus}. */
    SURPLUS,
    /** It is closed at once. */
    CLOSED
  }

  private final Consumer<String> onLimit;
  private final OpenFiles files;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger surplus = new AtomicInteger();
  private final ConcurrentMap<InetAddress, Integer> openByAddress = new ConcurrentHashMap<>();
  private volatile int connections;
  private volatile int connectionsPerIp;

  /**
   * A gate without limits but that of open files.
   *
   * @param onLimit told the limit's key in the configuration whenever it keeps a connection out
   */
  public ConnectionGate(Consumer<String> onLimit) {
    this(onLimit, OpenFiles.ofProcess());
  }

  private ConnectionGate(Consumer<String> onLimit, OpenFiles files) {
    this.onLimit = onLimit;
    this.files = files;
  }

  /** A gate without limits: for operators, who come when others are kept out. */
  public static ConnectionGate open() {
    return new ConnectionGate(limit -> {}, OpenFiles.unlimited());
  }

  /** How many files may be open, in view of those that are. */
  OpenFiles files() {
    return files;
  }

  /** Sets the limits; 0 is none. Connections that are open stay. */
  public void limit(int all, int perAddress) {
    connections = all;
    connectionsPerIp = perAddress;
  }

  /** A connection was accepted. */
  Entry enter(InetAddress peer) {
    int all = open.incrementAndGet();
    int own = openByAddress.merge(peer, 1, Integer::sum);
    if (connections > 0 && all > connections) {
      return keepOut(peer, "connections");
    }
    if (connectionsPerIp > 0 && own > connectionsPerIp) {
      return keepOut(peer, "connectionsPerIp");
    }
    return Entry.ADMITTED;
  }

  private Entry keepOut(InetAddress peer, String limit) {
    leave(peer);
    onLimit.accept(limit);
    if (surplus.incrementAndGet() <= SURPLUS_MAX) {
      return Entry.SURPLUS;
    }
    leaveSurplus();
    return Entry.CLOSED;
  }

  /** Another limit of connections struck. */
  void limitHit(String limit) {
    onLimit.accept(limit);
  }

  void leave(InetAddress peer) {
    open.decrementAndGet();
    openByAddress.computeIfPresent(peer, (address, count) -> count > 1 ? count - 1 : null);
  }

  void leaveSurplus() {
    surplus.decrementAndGet();
  }
}
