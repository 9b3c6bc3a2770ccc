package io.flvkit.examples.cli;

import io.flvkit.codec.ByteSource;
import io.flvkit.codec.FlvIndexer;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvProblem;
import io.flvkit.edge.json.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies a file with its duration and a keyframe index, so that players can seek in it. */
@Command(
    name = "index",
    description =
        "Copies an FLV file with duration and keyframe index in its onMetaData, so that players"
            + " can seek in it.")
final class IndexCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "IN", description = "The file to read.")
  private @Nullable Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
  private @Nullable Path out;

  @Option(
      names = "--repair",
      description = "Mend structure and timestamps, too, and list what was mended.")
  private boolean repair;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() {
    FlvIndexer.Result result =
        FileWork.run(Objects.requireNonNull(in), Objects.requireNonNull(out), this::index);
    PrintWriter printed = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      printed.println(document(result));
    } else {
      print(result, printed);
    }
    return 0;
  }

  private FlvIndexer.Result index(FileChannel input, FileChannel output) throws IOException {
    FlvLimits limits = FlvLimits.defaults();
    Progress progress = Progress.of(Objects.requireNonNull(spec).commandLine(), 2 * input.size());
    FlvIndexer indexer = repair ? FlvIndexer.repairing(limits) : FlvIndexer.strict(limits);
    FlvIndexer.Result result =
        indexer.withProgress(progress::to).index(ByteSource.of(input), output);
    progress.end();
    return result;
  }

  private void print(FlvIndexer.Result result, PrintWriter printed) {
    for (FlvProblem mended : result.repairs()) {
      printed.printf(
          "mended at %d: %s (%s)%n",
          mended.position(), mended.message(), ReportJson.word(mended.kind()));
    }
    if (result.repairsOmitted() > 0) {
      printed.printf("and %d more%n", result.repairsOmitted());
    }
    printed.printf(
        "%s: %.3f s, %d keyframes, %d bytes%n",
        out, result.durationMillis() / 1e3, result.keyframes(), result.bytes());
    printed.flush();
  }

  private static String document(FlvIndexer.Result result) {
    JsonWriter json =
        new JsonWriter()
            .beginObject()
            .field("bytes", result.bytes())
            .field("durationMillis", result.durationMillis())
            .field("keyframes", result.keyframes())
            .name("repairs")
            .beginArray();
    for (FlvProblem mended : result.repairs()) {
      json.beginObject()
          .field("kind", ReportJson.word(mended.kind()))
          .field("offset", mended.position())
          .field("message", mended.message())
          .endObject();
    }
    return json.endArray().field("repairsOmitted", result.repairsOmitted()).endObject().toString();
  }
}
