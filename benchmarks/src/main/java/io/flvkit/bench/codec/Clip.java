package io.flvkit.bench.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that is measured: set with {@code -Dflvkit.clip=FILE}. */
final class Clip {
  private Clip() {}

  static ByteBuffer load() throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(path()));
  }

  static Path path() {
    return Path.of(
        System.getProperty("flvkit.clip", "flv-codec/src/test/resources/media/good/h264_aac.flv"));
  }
}
