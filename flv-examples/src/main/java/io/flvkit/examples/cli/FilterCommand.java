package io.flvkit.examples.cli;

import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvOutput;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvPipeline;
import io.flvkit.codec.FlvStep;
import io.flvkit.codec.FlvSteps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies a file without its video or without its audio. */
@Command(
    name = "filter",
    description = "Copies an FLV file without its video or without its audio.")
final class FilterCommand implements Callable<Integer> {
  private static final int READ_BYTES = 256 << 10;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "IN", description = "The file to read.")
  private @Nullable Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
  private @Nullable Path out;

  @ArgGroup(multiplicity = "1")
  private Kept kept = new Kept();

  private static final class Kept {
    @Option(names = "--only-audio", description = "Keep the audio.")
    private boolean audio;

    @Option(names = "--only-video", description = "Keep the video.")
    private boolean video;

    FlvStep step() {
      if (audio == video) {
        throw new IllegalStateException("the group takes exactly one");
      }
      return audio ? FlvSteps.audioOnly() : FlvSteps.videoOnly();
    }
  }

  @Override
  public Integer call() {
    FileWork.run(Objects.requireNonNull(in), Objects.requireNonNull(out), this::filter);
    return 0;
  }

  private Long filter(FileChannel input, FileChannel target) throws IOException {
    FlvOutput output = FlvOutput.to(target);
    FlvHandler filtered = FlvPipeline.to(output, kept.step());
    FlvParser parser = FlvParser.withLimits(FlvLimits.defaults(), filtered);
    Progress progress = Progress.of(Objects.requireNonNull(spec).commandLine(), input.size());
    ByteBuffer chunk = ByteBuffer.allocate(READ_BYTES);
    while (input.read(chunk.clear()) >= 0) {
      parser.parse(chunk.flip());
      progress.to(input.position());
    }
    parser.end();
    output.flush();
    progress.end();
    return output.position();
  }
}
