package io.flvkit.examples.cli;

import io.flvkit.codec.FlvFormatException;
import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvReport;
import io.flvkit.examples.FlvKitException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a file or a stream consists of and what is wrong with it. */
@Command(
    name = "inspect",
    description = {
      "Says what an FLV file or stream consists of, and every problem with its byte offset.",
      "Exits 1 if there is an error among them."
    })
final class InspectCommand implements Callable<Integer> {
  private static final int ERRORS_FOUND = 1;
  private static final int ENDLESS_MILLIS = 10_000;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE|URL", description = "A file, or an http or https URL.")
  private @Nullable String source;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Option(names = "--tags", description = "List every tag, too.")
  private boolean tags;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description =
          "Stop after N seconds of media (all of a file, but 10 seconds of an endless response).")
  private @Nullable Integer seconds;

  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    if (seconds != null && seconds <= 0) {
      throw new ParameterException(line, "--seconds: more than 0, not " + seconds);
    }
    PrintWriter out = line.getOut();
    boolean listed = tags && json;
    FlvReport report;
    try (MediaInput input = MediaInput.open(Objects.requireNonNull(source))) {
      out.print(listed ? "{\"tagList\":[" : "");
      FlvHandler lister = TagLister.of(tags, json, out);
      Progress progress = Progress.of(line, input.bytes());
      report = new Inspection(lister, limitMillis(input)).run(input, progress);
    } catch (FlvFormatException e) {
      throw FlvKitException.failed(source + ": " + e.getMessage(), e);
    }
    String document = json ? ReportJson.of(report) : ReportText.of(source, report);
    out.println(listed ? "]," + document.substring(1) : document);
    return report.hasErrors() ? ERRORS_FOUND : 0;
  }

  private OptionalLong limitMillis(MediaInput input) {
    if (seconds != null) {
      return OptionalLong.of(seconds * 1_000L);
    }
    return input.bytes() < 0 ? OptionalLong.of(ENDLESS_MILLIS) : OptionalLong.empty();
  }
}
