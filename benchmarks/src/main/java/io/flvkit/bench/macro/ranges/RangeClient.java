package io.flvkit.bench.macro.ranges;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection, with one request on its way at most. */
final class RangeClient implements AutoCloseable {
  private static final int HEAD_BYTES_MAX = 4096;
  private static final Pattern LENGTH =
      Pattern.compile("(?i)\r\ncontent-length: *([0-9]{1,18})\r\n");

  private final SocketChannel channel;
  private final RangeTally tally;
  private final ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES_MAX);

  private long dueNanos;
  private long offset;
  private long askedBytes;
  private long missing;
  private boolean busy;
  private boolean inBody;

  RangeClient(int port, RangeTally tally) throws IOException {
    this.tally = tally;
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
  }

  SocketChannel channel() {
    return channel;
  }

  boolean isBusy() {
    return busy;
  }

  /**
   * Asks for a range.
   *
   * @param due when that should have been
   */
  void ask(long file, long from, long bytes, long due) throws IOException {
    dueNanos = due;
    offset = from;
    askedBytes = bytes;
    busy = true;
    inBody = false;
    head.clear();
    String request =
        "GET "
            + RangePlan.path(file)
            + " HTTP/1.1\r\nHost: bench\r\nRange: bytes="
            + from
            + "-"
            + (from + bytes - 1)
            + "\r\n\r\n";
    ByteBuffer text = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    while (text.hasRemaining()) {
      channel.write(text);
    }
  }

  /**
   * Takes what is there.
   *
   * @param scratch for bytes that are only counted
   * @param most bytes to take
   * @return how many bytes came
   */
  int turn(ByteBuffer scratch, int most) throws IOException {
    int taken = 0;
    while (busy && taken < most) {
      int read = inBody ? readBody(scratch, most - taken) : readHead();
      if (read < 0) {
        throw new EOFException("closed after " + (askedBytes - missing) + " of " + askedBytes);
      }
      if (read == 0) {
        break;
      }
      taken += read;
    }
    return taken;
  }

  private int readHead() throws IOException {
    int read = channel.read(head);
    String text = new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      if (!head.hasRemaining()) {
        throw new IOException("a head without an end");
      }
      return read;
    }
    int body = end + 4;
    if (head.position() < body + NumberedFile.WORD_BYTES) {
      return read; // the first word with it
    }
    begin(text.substring(0, end + 2), body);
    return read;
  }

  private void begin(String fields, int body) throws IOException {
    Matcher length = LENGTH.matcher(fields);
    if (!fields.startsWith("HTTP/1.1 206 ") || !length.find()) {
      throw new IOException(fields);
    }
    if (Long.parseLong(length.group(1)) != askedBytes) {
      throw new IOException("another length: " + fields);
    }
    if (head.getLong(body) != NumberedFile.wordAt(offset)) {
      throw new IOException("other bytes at " + offset);
    }
    tally.began(dueNanos);
    inBody = true;
    missing = askedBytes;
    took(head.position() - body);
  }

  private int readBody(ByteBuffer scratch, int most) throws IOException {
    scratch.clear().limit(Math.min(most, scratch.capacity()));
    int read = channel.read(scratch);
    took(Math.max(0, read));
    return read;
  }

  private void took(int bytes) throws IOException {
    missing -= bytes;
    tally.took(bytes);
    if (missing < 0) {
      throw new IOException("more bytes than announced");
    }
    if (missing == 0) {
      busy = false;
      tally.answered(dueNanos);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
