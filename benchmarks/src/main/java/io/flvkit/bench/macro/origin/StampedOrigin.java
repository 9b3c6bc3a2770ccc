package io.flvkit.bench.macro.origin;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Serves a stamped stream over HTTP on a loopback port, from its first keyframe to each connection.
 * A process of its own: prints {@code listen PORT} and lives as long as its standard input.
 */
public final class StampedOrigin {
  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: video/x-flv\r\nTransfer-Encoding: chunked\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int CHUNK_SIZE_BYTES = 10;

  /** CR LF CR LF. */
  private static final int BLANK_LINE = 0x0D0A0D0A;

  private StampedOrigin() {}

  /** Argument: the name of a {@link StreamShape}. */
  public static void main(String[] arguments) throws IOException {
    StreamShape shape = StreamShape.valueOf(arguments[0]);
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("listen " + listener.getLocalPort());
      Thread server = new Thread(() -> acceptAll(listener, shape), "accept");
      server.setDaemon(true);
      server.start();
      while (System.in.read() >= 0) {}
    }
  }

  private static void acceptAll(ServerSocket listener, StreamShape shape) {
    try {
      while (true) {
        Socket socket = listener.accept();
        Thread thread = new Thread(() -> serve(socket, shape), "stream");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      System.err.println("origin stops: " + e.getMessage());
    }
  }

  private static void serve(Socket socket, StreamShape shape) {
    try (socket;
        OutputStream out = socket.getOutputStream()) {
      socket.setTcpNoDelay(true);
      skipRequest(socket);
      out.write(HEAD);
      send(new StampedStream(shape, System::nanoTime), out);
    } catch (IOException e) {
      System.err.println("connection ended: " + e.getMessage());
    }
  }

  /** Reads up to the blank line; the request may be anything. */
  private static void skipRequest(Socket socket) throws IOException {
    int last = 0;
    while (last != BLANK_LINE) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("no request");
      }
      last = (last << 8) | next;
    }
  }

  private static void send(StampedStream stream, OutputStream out) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_SIZE_BYTES + stream.tagBytesMax() + 2);
    long start = System.nanoTime();
    stream.putPrelude(chunk.position(CHUNK_SIZE_BYTES));
    write(chunk, out);
    while (true) {
      long wait = start + stream.dueNanos() - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
        continue;
      }
      stream.putNext(chunk.clear().position(CHUNK_SIZE_BYTES));
      write(chunk, out);
    }
  }

  /** Sends what lies behind the room for the size, as one chunk. */
  private static void write(ByteBuffer chunk, OutputStream out) throws IOException {
    int bytes = chunk.position() - CHUNK_SIZE_BYTES;
    String size = String.format(Locale.ROOT, "%08x\r\n", bytes);
    chunk.put(0, size.getBytes(StandardCharsets.US_ASCII));
    chunk.put((byte) '\r').put((byte) '\n');
    byte[] whole = new byte[chunk.flip().remaining()];
    chunk.get(whole);
    out.write(whole);
  }
}
