package io.flvkit.examples.origin;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a long file of a short clip, as its live loop would go. */
public final class RepeatedClip {
  private RepeatedClip() {}

  /**
   * Writes {@code clip} over and over to {@code target} until {@code millis} have passed.
   *
   * @throws io.flvkit.examples.FlvKitException if the clip cannot be read
   */
  public static void write(Path clip, Path target, long millis) throws IOException {
    try (LoopReader reader = LoopReader.open(clip);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
      out.write(MediaTag.fileHeader(reader.header()));
      while (reader.dueMillis() < millis) {
        out.write(reader.next().wire());
      }
    }
  }
}
