package io.flvkit.bench.macro.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * Viewers that take whatever comes and look at nothing, by HTTP/1.1 or as WebSockets: for protocols
 * that {@code h2load} does not speak, in the same manner. Arguments: {@code h1} or {@code ws}, the
 * port, the path, how many, for how many seconds.
 */
public final class Drain {
  private static final int READ_BYTES = 64 << 10;

  private Drain() {}

  /** Prints the bytes taken. */
  public static void main(String[] arguments) throws IOException {
    boolean webSocket = arguments[0].equals("ws");
    InetSocketAddress edge =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
    byte[] request = request(webSocket, arguments[2]).getBytes(StandardCharsets.US_ASCII);
    int viewers = Integer.parseInt(arguments[3]);
    long endNanos = System.nanoTime() + Long.parseLong(arguments[4]) * 1_000_000_000L;
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < viewers; i++) {
        SocketChannel viewer = SocketChannel.open(edge);
        ByteBuffer head = ByteBuffer.wrap(request);
        while (head.hasRemaining()) {
          viewer.write(head);
        }
        viewer.configureBlocking(false);
        viewer.register(selector, SelectionKey.OP_READ);
      }
      System.out.println("bytes " + drain(selector, endNanos));
    }
  }

  private static String request(boolean webSocket, String path) {
    String upgrade =
        webSocket
            ? """
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            """
            : "";
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + upgrade + "\r\n";
  }

  private static long drain(Selector selector, long endNanos) throws IOException {
    ByteBuffer target = ByteBuffer.allocateDirect(READ_BYTES);
    long bytes = 0;
    while (System.nanoTime() < endNanos) {
      selector.select(100);
      for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
        SelectionKey key = keys.next();
        keys.remove();
        int count = ((SocketChannel) key.channel()).read(target.clear());
        if (count < 0) {
          throw new IOException("a viewer was disconnected");
        }
        bytes += count;
      }
    }
    return bytes;
  }
}
