package io.flvkit.edge.vod;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.RangeSet;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** An origin of one file, for every path, which counts and can be told to misbehave. */
final class FileOrigin implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> hosts = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final List<String> apiKeys = new CopyOnWriteArrayList<>();
  private final AtomicLong sent = new AtomicLong();
  private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
  private final Map<String, String> fields = new LinkedHashMap<>();

  private volatile byte[] content;
  private volatile String etag = "\"v1\"";
  private volatile boolean ranges = true;
  private volatile int status;
  private volatile int cutAfter = -1;
  private volatile Semaphore gate;
  private volatile String contentRange;
  private volatile int changesBefore;
  private volatile String location;

  FileOrigin(int bytes) {
    content = bytes(bytes, 1);
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  private static byte[] bytes(int count, long seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/files/";
  }

  byte[] content() {
    return content;
  }

  byte[] content(int from, int to) {
    return Arrays.copyOfRange(content, from, to);
  }

  /** The file is another one, of the same tag. */
  void holds(byte[] file) {
    content = file;
  }

  /** The file changes, and so does its tag. */
  void change(String newEtag) {
    content = bytes(content.length, newEtag.hashCode());
    etag = newEtag;
  }

  /** The file changes when so many requests have come, before the last of them is answered. */
  void changesBefore(int requests) {
    changesBefore = requests;
  }

  /** Null: it has none. */
  void etag(String tag) {
    etag = tag;
  }

  void field(String name, String value) {
    fields.put(name, value);
  }

  void knowsRanges(boolean known) {
    ranges = known;
  }

  /** Sends everybody there; null: nobody. */
  void redirectsTo(String url) {
    location = url;
  }

  /** Answers so whatever is asked; 0: as usual. */
  void status(int always) {
    status = always;
  }

  /** The next answer breaks off after so many bytes of its content. */
  void cutAfter(int bytes) {
    cutAfter = bytes;
  }

  /** What every 206 says it holds; null: the truth. */
  void contentRange(String lie) {
    contentRange = lie;
  }

  /** From now on an answer waits, before its content, for {@link #open}. */
  void hold() {
    gate = new Semaphore(0);
  }

  void open() {
    gate.release(1000);
  }

  /** Method, range and conditions of each request, oldest first. */
  List<String> asked() {
    return asked;
  }

  /** The Host field of each request. */
  List<String> hosts() {
    return hosts;
  }

  /** The Authorization field of each request, {@code "null"} without one. */
  List<String> keys() {
    return keys;
  }

  /** The X-Api-Key field of each request, {@code "null"} without one. */
  List<String> apiKeys() {
    return apiKeys;
  }

  /** Connections on which requests came. */
  int connections() {
    return clients.size();
  }

  /** Bytes of content sent so far. */
  long sent() {
    return sent.get();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      clients.add(exchange.getRemoteAddress());
      String range = exchange.getRequestHeaders().getFirst("Range");
      String condition = exchange.getRequestHeaders().getFirst("If-None-Match");
      asked.add(
          exchange.getRequestMethod()
              + (range == null ? "" : " " + range)
              + (condition == null ? "" : " unless " + condition));
      if (asked.size() == changesBefore) {
        change("\"changed\"");
      }
      fields.forEach(exchange.getResponseHeaders()::set);
      if (etag != null) {
        exchange.getResponseHeaders().set("ETag", etag);
      }
      hosts.add(String.valueOf(exchange.getRequestHeaders().getFirst("Host")));
      apiKeys.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Api-Key")));
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      if (location != null) {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
      } else if (status != 0) {
        exchange.sendResponseHeaders(status, -1);
      } else if (condition != null && condition.equals(etag)) {
        exchange.sendResponseHeaders(304, -1);
      } else {
        send(exchange, range);
      }
    }
  }

  private void send(HttpExchange exchange, String range) throws IOException {
    byte[] file = content;
    if (file.length == 0) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    List<ByteRange> wanted = new ArrayList<>();
    if (range != null && ranges) {
      RangeSet.parse(range).ifPresent(set -> wanted.addAll(set.resolve(file.length)));
      if (wanted.isEmpty()) {
        exchange.getResponseHeaders().set("Content-Range", "bytes */" + file.length);
        exchange.sendResponseHeaders(416, -1);
        return;
      }
    }
    ByteRange part = wanted.isEmpty() ? ByteRange.ofWhole(file.length) : wanted.get(0);
    if (!wanted.isEmpty()) {
      String truth = "bytes " + part + "/" + file.length;
      exchange
          .getResponseHeaders()
          .set("Content-Range", contentRange == null ? truth : contentRange);
    }
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(wanted.isEmpty() ? 200 : 206, head ? -1 : part.length());
    if (!head) {
      write(exchange.getResponseBody(), file, part);
    }
  }

  private void write(OutputStream out, byte[] file, ByteRange part) throws IOException {
    Semaphore waiting = gate;
    if (waiting != null) {
      out.flush();
      waiting.acquireUninterruptibly();
    }
    int length = (int) part.length();
    int cut = cutAfter;
    if (cut >= 0) {
      cutAfter = -1;
      length = Math.min(cut, length);
    }
    out.write(file, (int) part.first(), length);
    sent.addAndGet(length);
    out.flush();
  }

  @Override
  public void close() {
    if (gate != null) {
      gate.release(1000);
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
