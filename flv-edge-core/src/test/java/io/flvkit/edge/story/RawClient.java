package io.flvkit.edge.story;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client that sends exactly what the test says and reads HTTP/1.1 strictly. */
final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  private RawClient(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(10_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  private RawClient(InetSocketAddress address, int receiveBufferBytes) throws IOException {
    socket = new Socket();
    if (receiveBufferBytes > 0) {
      socket.setReceiveBufferSize(receiveBufferBytes);
    }
    socket.connect(address, 5_000);
    socket.setSoTimeout(10_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  static RawClient connect(InetSocketAddress address) throws IOException {
    return new RawClient(address, 0);
  }

  /** A client on a connection that was made otherwise. */
  static RawClient over(Socket connected) throws IOException {
    return new RawClient(connected);
  }

  /** A client whose system takes few bytes before they are read. */
  static RawClient narrow(InetSocketAddress address) throws IOException {
    return new RawClient(address, 4_096);
  }

  /** One request on a connection of its own, read to its end. */
  static Response ask(InetSocketAddress address, String request) throws IOException {
    try (RawClient client = connect(address)) {
      client.send(request);
      Response head = client.head();
      return new Response(head.status(), head.fields(), client.body(head, request));
    }
  }

  static Response get(InetSocketAddress address, String target, String... fields)
      throws IOException {
    return ask(address, request("GET", target, fields));
  }

  static String request(String method, String target, String... fields) {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: edge\r\n");
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  Response head() throws IOException {
    String[] status = line().split(" ", 3);
    Map<String, String> fields = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      fields.merge(name, line.substring(colon + 1).trim(), (a, b) -> a + ", " + b);
    }
    return new Response(Integer.parseInt(status[1]), fields, new byte[0]);
  }

  byte[] body(Response head, String request) throws IOException {
    if (request.startsWith("HEAD") || head.status() == 204 || head.status() == 304) {
      return new byte[0];
    }
    if (head.field("content-length") != null) {
      return in.readNBytes(Integer.parseInt(head.field("content-length")));
    }
    if ("chunked".equals(head.field("transfer-encoding"))) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
        whole.writeBytes(chunk);
      }
      return whole.toByteArray();
    }
    return in.readAllBytes();
  }

  /** The next chunk; empty for the last one. */
  byte[] chunk() throws IOException {
    int length = Integer.parseInt(line(), 16);
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length || !line().isEmpty()) {
      throw new EOFException("the connection ended within a chunk");
    }
    return bytes;
  }

  /** Bytes of chunks until there are at least so many. */
  byte[] chunked(int atLeast) throws IOException {
    ByteArrayOutputStream some = new ByteArrayOutputStream();
    while (some.size() < atLeast) {
      byte[] chunk = chunk();
      if (chunk.length == 0) {
        throw new EOFException("the body ended after " + some.size() + " bytes");
      }
      some.writeBytes(chunk);
    }
    return some.toByteArray();
  }

  /** Reads chunks until the last bytes of the body are these. */
  void chunksUntil(byte[] end) throws IOException {
    byte[] tail = new byte[0];
    while (!Arrays.equals(tail, end)) {
      byte[] chunk = chunk();
      byte[] both = Arrays.copyOf(tail, tail.length + chunk.length);
      System.arraycopy(chunk, 0, both, tail.length, chunk.length);
      tail = Arrays.copyOfRange(both, Math.max(0, both.length - end.length), both.length);
    }
  }

  /** Whether the server closes the connection now, without another byte. */
  boolean isClosed() throws IOException {
    return in.read() < 0;
  }

  byte[] rest() throws IOException {
    return in.readAllBytes();
  }

  private String line() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended within a line");
      }
      text.write(c);
    }
    String line = text.toString(StandardCharsets.ISO_8859_1);
    if (!line.endsWith("\r")) {
      throw new IOException("a line without CR: " + line);
    }
    return line.substring(0, line.length() - 1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** A response; names of fields are in lower case. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Response(int status, Map<String, String> fields, byte[] body) {
    @Nullable String field(String name) {
      return fields.get(name);
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }
}
