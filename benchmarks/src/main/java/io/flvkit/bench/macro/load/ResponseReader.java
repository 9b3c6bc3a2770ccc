package io.flvkit.bench.macro.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Takes the head and the chunks off an HTTP/1.1 response and hands the body to a check. */
final class ResponseReader {
  private static final int HEAD_BYTES_MAX = 4_096;

  private enum Part {
    HEAD,
    SIZE,
    DATA,
    DATA_END
  }

  private final TagCheck check;
  private final Tally tally;
  private StringBuilder head = new StringBuilder(256);
  private Part part = Part.HEAD;
  private int chunkBytes;

  ResponseReader(TagCheck check, Tally tally) {
    this.check = check;
    this.tally = tally;
  }

  /** Takes all of {@code bytes}. False: not what was asked for, counted; leave the viewer. */
  boolean accept(ByteBuffer bytes, long nowNanos) {
    while (bytes.hasRemaining()) {
      if (part == Part.DATA) {
        int count = Math.min(chunkBytes, bytes.remaining());
        if (!check.accept(bytes, count, nowNanos)) {
          return false;
        }
        chunkBytes -= count;
        part = chunkBytes == 0 ? Part.DATA_END : Part.DATA;
      } else if (!acceptFraming(bytes.get())) {
        return false;
      }
    }
    return true;
  }

  private boolean acceptFraming(byte next) {
    if (part == Part.HEAD) {
      return acceptHead((char) next);
    }
    if (part == Part.DATA_END) {
      part = next == '\n' ? Part.SIZE : Part.DATA_END;
      return true;
    }
    if (next == '\n') {
      part = Part.DATA;
      // The last chunk: a live stream that ends is closed, which is counted there.
      return chunkBytes > 0;
    }
    int digit = Character.digit(next, 16);
    chunkBytes = digit < 0 ? chunkBytes : (chunkBytes << 4) | digit;
    return true;
  }

  private boolean acceptHead(char next) {
    head.append(next);
    int length = head.length();
    boolean complete = next == '\n' && length > 4 && head.charAt(length - 3) == '\n';
    if (!complete) {
      return length < HEAD_BYTES_MAX;
    }
    boolean good = head.indexOf("HTTP/1.1 200 ") == 0 && isChunked(head);
    tally.refused += good ? 0 : 1;
    head = new StringBuilder(0);
    part = Part.SIZE;
    return good;
  }

  private static boolean isChunked(CharSequence head) {
    String text = head.toString().toLowerCase(Locale.ROOT);
    return text.contains("transfer-encoding: chunked");
  }

  static byte[] request(String path) {
    String text = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
