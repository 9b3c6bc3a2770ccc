package io.flvkit.examples;

import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The clips of the tests. */
public final class Media {
  private Media() {}

  /** H.264 and AAC, 9.6 s that loop without a seam, a keyframe each second. */
  public static Path loop() {
    return file("loop_low.flv");
  }

  public static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Media.class.getResource("/media/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every tag of a file, copied. */
  public static List<FlvTag> tags(Path file) {
    List<FlvTag> tags = new ArrayList<>();
    try {
      FlvParser.create(tag -> tags.add(tag.copy()))
          .parse(ByteBuffer.wrap(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tags;
  }
}
