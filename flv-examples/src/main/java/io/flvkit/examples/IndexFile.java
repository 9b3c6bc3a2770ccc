package io.flvkit.examples;

import io.flvkit.codec.ByteSource;
import io.flvkit.codec.FlvIndexer;
import io.flvkit.codec.FlvLimits;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Repairs a file and gives it a keyframe index: {@code IndexFile IN OUT}. */
public final class IndexFile {
  private IndexFile() {}

  /** Indexes the first file into the second and tells what was mended. */
  public static void main(String[] args) throws IOException {
    FlvIndexer.Result result = index(Path.of(args[0]), Path.of(args[1]));
    System.out.printf("%d key frames, %d ms%n", result.keyframes(), result.durationMillis());
    result.repairs().forEach(repair -> System.out.println("mended " + repair.message()));
  }

  static FlvIndexer.Result index(Path in, Path out) throws IOException {
    try (FileChannel source = FileChannel.open(in);
        FileChannel target =
            FileChannel.open(
                out,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      return FlvIndexer.repairing(FlvLimits.defaults()).index(ByteSource.of(source), target);
    }
  }
}
