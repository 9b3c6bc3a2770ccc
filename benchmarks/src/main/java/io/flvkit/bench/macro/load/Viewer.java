package io.flvkit.bench.macro.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One viewer: a socket and the check of what comes through it. */
final class Viewer {
  private static final long STALL_NANOS = 1_000_000_000L;

  private static final byte[] REQUEST = ResponseReader.request(Plan.PATH);

  /** Source addresses: each has 28,000 ports, and those of the last crowd are slow to return. */
  private static final int SOURCES = 50;

  private final Tally tally;
  private final boolean sampled;
  private final boolean stops;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final TagCheck check;
  private final ResponseReader response;
  private long lastNanos;
  private boolean stalled;

  Viewer(Plan plan, int index, Tally tally, Selector selector) throws IOException {
    this.tally = tally;
    sampled = plan.isSampled(index);
    stops = plan.stops(index);
    channel = SocketChannel.open();
    channel.configureBlocking(false);
    // Ends by a reset: thousands of closed sockets would keep their ports for a minute.
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    byte[] source = {127, 0, 0, (byte) (2 + index % SOURCES)};
    channel.bind(new InetSocketAddress(InetAddress.getByAddress(source), 0));
    key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    lastNanos = System.nanoTime();
    check = new TagCheck(tally, sampled, lastNanos);
    response = new ResponseReader(check, tally);
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), plan.port()));
  }

  /** Reads what there is, through {@code buffer}. */
  void onReady(ByteBuffer buffer) {
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        channel.write(ByteBuffer.wrap(REQUEST));
        key.interestOps(SelectionKey.OP_READ);
      } else {
        read(buffer);
      }
    } catch (IOException e) {
      left();
    }
  }

  private void read(ByteBuffer buffer) throws IOException {
    boolean more = true;
    while (more) {
      int count = channel.read(buffer.clear());
      if (count < 0) {
        left();
      }
      more = count == buffer.capacity();
      if (count > 0) {
        arrived(buffer.flip(), count);
      }
      if (stops && isPlaying()) {
        key.interestOps(0);
        more = false;
      }
    }
  }

  private void arrived(ByteBuffer bytes, int count) throws IOException {
    long now = System.nanoTime();
    countStall(now);
    lastNanos = now;
    if (tally.measuring) {
      tally.bytes += count;
      tally.sampledReads += sampled ? 1 : 0;
    }
    if (!response.accept(bytes, now)) {
      left();
    }
  }

  /** Counts this viewer once if nothing came for a second, up to now. */
  void countStall(long nowNanos) {
    if (tally.measuring && !stalled && !stops && nowNanos - lastNanos > STALL_NANOS) {
      stalled = true;
      tally.stalled++;
    }
  }

  boolean isPlaying() {
    return channel.isOpen() && check.hasStarted();
  }

  boolean isStopped() {
    return stops;
  }

  private void left() {
    tally.closed += channel.isOpen() ? 1 : 0;
    close();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      tally.broken++;
    }
  }
}
