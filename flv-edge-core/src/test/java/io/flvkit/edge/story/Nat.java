package io.flvkit.edge.story;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands between one client and a UDP port: sees what comes, and lets through what it may. */
final class Nat implements AutoCloseable {
  private final InetSocketAddress server;
  private final DatagramChannel inside;
  private final DatagramChannel outside;
  private volatile @Nullable SocketAddress client;
  private final AtomicInteger passing = new AtomicInteger(Integer.MAX_VALUE);
  private volatile int firstAnswer = -1;

  Nat(InetSocketAddress server) throws IOException {
    this.server = server;
    inside = DatagramChannel.open().bind(loopback());
    outside = DatagramChannel.open().bind(loopback());
    start(this::carryOut);
    start(this::carryIn);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "test-nat");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where the client sends to. */
  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) inside.getLocalAddress();
  }

  /** Lets so many more datagrams of the client through, and no other. */
  void passOnly(int datagrams) {
    passing.set(datagrams);
  }

  /** The first byte that the server sent. */
  int firstAnswer() {
    return firstAnswer;
  }

  private void carryOut() {
    ByteBuffer datagram = ByteBuffer.allocateDirect(65_536);
    try {
      while (true) {
        client = inside.receive(datagram.clear());
        if (passing.getAndDecrement() > 0) {
          outside.send(datagram.flip(), server);
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void carryIn() {
    ByteBuffer datagram = ByteBuffer.allocateDirect(65_536);
    try {
      while (true) {
        outside.receive(datagram.clear());
        datagram.flip();
        if (firstAnswer < 0) {
          firstAnswer = datagram.get(0) & 0xff;
        }
        SocketAddress to = client;
        if (to != null) {
          inside.send(datagram, to);
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Override
  public void close() throws IOException {
    inside.close();
    outside.close();
  }
}
