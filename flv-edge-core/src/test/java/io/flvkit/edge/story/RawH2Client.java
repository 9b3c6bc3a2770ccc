package io.flvkit.edge.story;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client of HTTP/2 that sends exactly the frames that the test says, and opens windows itself.
 */
final class RawH2Client implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private boolean confirming = true;
  private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();

  private RawH2Client(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(10_000);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    unsent.writeBytes(PREFACE.getBytes(StandardCharsets.US_ASCII));
  }

  /** With the windows that the protocol has by default. */
  static RawH2Client connect(InetSocketAddress address) throws IOException {
    return over(new Socket(address.getAddress(), address.getPort()));
  }

  static RawH2Client over(Socket connected) throws IOException {
    return withWindow(connected, 65_535);
  }

  /** With that window for each stream, and one for the connection that nobody exhausts. */
  static RawH2Client wide(InetSocketAddress address, int streamWindowBytes) throws IOException {
    RawH2Client client =
        withWindow(new Socket(address.getAddress(), address.getPort()), streamWindowBytes);
    client.windowUpdate(0, 1 << 30);
    return client;
  }

  private static RawH2Client withWindow(Socket connected, int streamWindowBytes)
      throws IOException {
    RawH2Client client = new RawH2Client(connected);
    byte[] initialWindow =
        ByteBuffer.allocate(6).putShort((short) 4).putInt(streamWindowBytes).array();
    client.frame(SETTINGS, 0, 0, initialWindow);
    return client;
  }

  /** A frame that was read; the fields are those of a head. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Frame(int type, int flags, int stream, byte[] payload, Map<String, String> fields) {
    boolean endsStream() {
      return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }

    /** The error of RST_STREAM and GOAWAY. */
    int error() {
      return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
    }
  }

  /** Sends nothing by itself from now on: a head must not be interrupted. */
  void confirmNothing() {
    confirming = false;
  }

  /** Collects a frame, which leaves with {@link #flush} or before the next one is read. */
  void frame(int type, int flags, int stream, byte... payload) {
    ByteBuffer head = ByteBuffer.allocate(9);
    head.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    head.put((byte) type).put((byte) flags).putInt(stream);
    unsent.writeBytes(head.array());
    unsent.writeBytes(payload);
  }

  void flush() throws IOException {
    byte[] bytes = unsent.toByteArray();
    unsent.reset();
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void windowUpdate(int stream, int bytes) {
    frame(WINDOW_UPDATE, 0, stream, number(bytes));
  }

  static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  void get(int stream, String path, String... fields) {
    request(stream, "GET", path, true, fields);
  }

  void request(int stream, String method, String path, boolean complete, String... fields) {
    int flags = END_HEADERS | (complete ? END_STREAM : 0);
    frame(HEADERS, flags, stream, head(method, path, fields));
  }

  static byte[] head(String method, String path, String... fields) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(field(":method", method));
    head.writeBytes(field(":scheme", "http"));
    head.writeBytes(field(":path", path));
    head.writeBytes(field(":authority", "edge"));
    head.writeBytes(fields(fields));
    return head.toByteArray();
  }

  /** Fields given as name, value, name, value. */
  static byte[] fields(String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.writeBytes(field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return block.toByteArray();
  }

  /** A literal without indexing (RFC 7541, section 6.2.2); up to 126 bytes each. */
  private static byte[] field(String name, String value) {
    byte[] n = name.getBytes(StandardCharsets.ISO_8859_1);
    byte[] v = value.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(3 + n.length + v.length)
        .put((byte) 0)
        .put((byte) n.length)
        .put(n)
        .put((byte) v.length)
        .put(v)
        .array();
  }

  /** The next frame; null at the end of the connection. */
  @Nullable Frame next() throws IOException {
    flush();
    int first = in.read();
    if (first < 0) {
      return null;
    }
    int length = first << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(length);
    if (type == SETTINGS && (flags & ACK) == 0 && confirming) {
      frame(SETTINGS, ACK, 0);
    }
    // Each head is decoded when it comes: the table is the connection's.
    return new Frame(
        type, flags, stream, payload, type == HEADERS ? fields(stream, payload) : Map.of());
  }

  /** The next frame of that type on that stream; others are passed over. */
  Frame next(int type, int stream) throws IOException {
    while (true) {
      Frame frame = next();
      if (frame == null) {
        throw new IOException("the connection ended");
      }
      if (frame.type() == type && frame.stream() == stream) {
        return frame;
      }
      if (frame.type() == RST_STREAM && frame.stream() == stream) {
        throw new IOException("stream " + stream + " was reset by error " + frame.error());
      }
    }
  }

  /** The head of a response. */
  Map<String, String> head(int stream) throws IOException {
    return next(HEADERS, stream).fields();
  }

  private Map<String, String> fields(int stream, byte[] block) throws IOException {
    try {
      Http2Headers decoded = decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(block));
      Map<String, String> fields = new TreeMap<>();
      decoded.forEach(field -> fields.put(field.getKey().toString(), field.getValue().toString()));
      return fields;
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  /** Content of a stream to its end, or until there are so many bytes; opens the windows again. */
  byte[] body(int stream, int atMost) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean ended = false;
    while (!ended && body.size() < atMost) {
      Frame data = next(DATA, stream);
      body.writeBytes(data.payload());
      ended = data.endsStream();
      if (data.payload().length > 0) {
        windowUpdate(0, data.payload().length);
        windowUpdate(stream, data.payload().length);
      }
    }
    return body.toByteArray();
  }

  /** The error of the farewell before the end of the connection; -1 if there was none. */
  int errorAtEnd() throws IOException {
    int error = -1;
    try {
      for (Frame frame = next(); frame != null; frame = next()) {
        if (frame.type() == GOAWAY) {
          error = frame.error();
        }
      }
    } catch (SocketException e) {
      return error; // a reset: the edge left bytes unread
    }
    return error;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
