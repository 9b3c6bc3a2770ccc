package io.flvkit.examples.cli;

import io.flvkit.edge.json.JsonWriter;
import io.flvkit.examples.FlvKitException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings files into the cache of a running edge. */
@Command(
    name = "prefetch",
    description = {
      "Brings files into the cache of a running edge, and waits until they are there.",
      "Exits 1 if one of them could not be fetched."
    })
final class PrefetchCommand implements Callable<Integer> {
  private static final long LOOK_AGAIN_MILLIS = 100;
  private static final int SOME_FAILED = 1;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--admin",
      paramLabel = "URL",
      required = true,
      description = "The edge's admin listener, such as http://127.0.0.1:9901.")
  private @Nullable String admin;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Holds the bearer token of the admin listener.")
  private @Nullable Path tokenFile;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "A path on the edge, such as /vod/a.flv.")
  private List<String> paths = List.of();

  @Override
  public Integer call() throws Exception {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    AdminApi api = AdminApi.at(Objects.requireNonNull(admin), tokenFile);
    Object id = api.post("/api/prefetch", "paths", paths).get("id");
    Map<?, ?> progress = await(api, "/api/prefetch/" + id, line);
    List<?> errors = progress.get("errors") instanceof List<?> list ? list : List.of();
    print(line.getOut(), progress, errors);
    errors.forEach(error -> line.getErr().println("flvkit prefetch: " + error));
    return errors.isEmpty() ? 0 : SOME_FAILED;
  }

  /** Looks again and again until the job is over. */
  private static Map<?, ?> await(AdminApi api, String job, CommandLine line) throws Exception {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try {
      Progress shown = null;
      long total = 0;
      while (true) {
        Map<?, ?> progress = api.get(job);
        if (bytes(progress, "bytesTotal") != total) {
          total = bytes(progress, "bytesTotal");
          shown = Progress.of(line, total);
        }
        if (shown != null) {
          shown.to(bytes(progress, "bytesDone"));
        }
        if (!"running".equals(progress.get("state"))) {
          if (shown != null) {
            shown.end();
          }
          return progress;
        }
        timer.schedule(() -> {}, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS).get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw FlvKitException.failed("interrupted; the edge goes on", e);
    } finally {
      timer.shutdownNow();
    }
  }

  private static long bytes(Map<?, ?> progress, String name) {
    return progress.get(name) instanceof Double number ? number.longValue() : 0;
  }

  private void print(PrintWriter out, Map<?, ?> progress, List<?> errors) {
    long bytes = bytes(progress, "bytesDone");
    long files = bytes(progress, "files");
    if (json) {
      JsonWriter document =
          new JsonWriter()
              .beginObject()
              .field("state", String.valueOf(progress.get("state")))
              .field("files", files)
              .field("bytesDone", bytes)
              .field("bytesTotal", bytes(progress, "bytesTotal"))
              .name("errors")
              .beginArray();
      errors.forEach(error -> document.value(String.valueOf(error)));
      out.println(document.endArray().endObject());
    } else {
      out.println(files - errors.size() + " of " + files + " files, " + bytes + " bytes");
    }
  }
}
