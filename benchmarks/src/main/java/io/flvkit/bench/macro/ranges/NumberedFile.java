package io.flvkit.bench.macro.ranges;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file in which each 8 bytes tell where they are. */
public final class NumberedFile {
  /** Places of ranges are multiples of it. */
  static final int WORD_BYTES = Long.BYTES;

  private static final long SCRAMBLE = 0x9E3779B97F4A7C15L;

  private NumberedFile() {}

  /** Writes one. */
  public static void write(Path file, int bytes) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(bytes);
    for (int at = 0; at < bytes; at += WORD_BYTES) {
      content.putLong(at, wordAt(at));
    }
    Files.write(file, content.array());
  }

  static long wordAt(long position) {
    return (position / WORD_BYTES + 1) * SCRAMBLE;
  }
}
