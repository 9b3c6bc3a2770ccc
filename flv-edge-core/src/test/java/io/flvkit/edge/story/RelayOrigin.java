package io.flvkit.edge.story;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** An origin on loopback that relays an {@link Encoder}, and may be made to fail in many ways. */
final class RelayOrigin implements AutoCloseable {
  private static final long PACE_NANOS = 10_000_000L;

  private final Encoder encoder;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger pulls = new AtomicInteger();
  private volatile ServerSocket server;
  private volatile boolean frozen;
  private volatile boolean busy;
  private volatile long answerDelayNanos;
  private final AtomicInteger cuts = new AtomicInteger();

  RelayOrigin(Encoder encoder) throws IOException {
    this.encoder = encoder;
    this.server = listen(0);
  }

  private ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
    start(() -> acceptAll(socket));
    return socket;
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/live/";
  }

  /** Requests so far. */
  int pulls() {
    return pulls.get();
  }

  int openPulls() {
    return open.size();
  }

  /** Nobody listens, and what ran is reset. */
  void dies() throws IOException {
    server.close();
    resetAll();
  }

  void comesBack() throws IOException {
    server = listen(server.getLocalPort());
  }

  /** Connections stay open, but nothing comes any more, whoever asks. */
  void freezes(boolean now) {
    frozen = now;
  }

  /** Whoever asks from now on hears nothing for so long. */
  void answersAfter(Duration delay) {
    answerDelayNanos = delay.toNanos();
  }

  /** Whoever asks hears 503, and what ran is reset. */
  void isBusy(boolean now) {
    busy = now;
    if (now) {
      resetAll();
    }
  }

  /** Every running answer ends in the middle of a tag. */
  void cutsWithinATag() {
    cuts.incrementAndGet();
  }

  private void resetAll() {
    open.forEach(this::reset);
  }

  private void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      open.remove(socket); // it was closed already
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "test-relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll(ServerSocket from) {
    try {
      while (true) {
        Socket socket = from.accept();
        open.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      resetAll(); // the story closed it
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      readHead(socket);
      pulls.incrementAndGet();
      long askedNanos = System.nanoTime();
      while (frozen || System.nanoTime() - askedNanos < answerDelayNanos) {
        LockSupport.parkNanos(PACE_NANOS);
      }
      OutputStream out = socket.getOutputStream();
      if (busy) {
        out.write(ascii("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbusy"));
      } else {
        out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: video/x-flv\r\n\r\n"));
        relay(out);
      }
    } catch (IOException e) {
      open.remove(socket); // the other side left, or the origin died
    } finally {
      open.remove(socket);
    }
  }

  private static void readHead(Socket socket) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    String line = reader.readLine();
    while (line != null && !line.isEmpty()) {
      line = reader.readLine();
    }
  }

  private void relay(OutputStream out) throws IOException {
    Encoder.Run run = encoder.run();
    int cutsBefore = cuts.get();
    int next = run.programme().startBefore(Math.max(1, run.framesNow()));
    out.write(run.programme().header());
    out.write(run.programme().opening(0, 0));
    while (run.equals(encoder.run())) {
      int count = frozen ? next : run.framesNow();
      for (; next < count; next++) {
        byte[] tag = run.programme().tags(next, run.programme().frame(next).millis());
        if (cuts.get() != cutsBefore) {
          out.write(Arrays.copyOf(tag, tag.length / 2));
          return;
        }
        out.write(tag);
      }
      LockSupport.parkNanos(PACE_NANOS);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    frozen = false;
    dies();
  }
}
