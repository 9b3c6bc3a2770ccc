package io.flvkit.examples;

import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvOutput;
import io.flvkit.codec.FlvPipeline;
import io.flvkit.codec.FlvReader;
import io.flvkit.codec.FlvSteps;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Copies the sound of a file, with header and metadata that say so: {@code FilterAudio IN OUT}. */
public final class FilterAudio {
  private FilterAudio() {}

  /** Copies from the first file to the second. */
  public static void main(String[] args) throws IOException {
    filter(Path.of(args[0]), Path.of(args[1]));
  }

  static void filter(Path in, Path out) throws IOException {
    try (FlvReader reader = FlvReader.of(FileChannel.open(in), FlvLimits.defaults());
        FlvOutput output =
            FlvOutput.to(
                FileChannel.open(
                    out,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE))) {
      reader.transferTo(FlvPipeline.to(output, FlvSteps.audioOnly()));
    }
  }
}
