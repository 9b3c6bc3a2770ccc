package io.flvkit.edge.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens what lines are written to. Seam for tests. */
interface LineSink {
  /** Opens it for appending; the caller closes it. */
  OutputStream open() throws IOException;

  /** A file, made if it is not there. */
  static LineSink file(Path path) {
    return () -> Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** A stream of the process, which stays open. */
  static LineSink stream(PrintStream stream) {
    return () ->
        new OutputStream() {
          @Override
          public void write(int b) {
            stream.write(b);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            stream.write(bytes, offset, length);
          }

          @Override
          public void flush() {
            stream.flush();
          }
        };
  }
}
