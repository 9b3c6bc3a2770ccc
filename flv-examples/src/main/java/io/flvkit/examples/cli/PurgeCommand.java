package io.flvkit.examples.cli;

import io.flvkit.edge.json.JsonWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes files out of the cache of a running edge. */
@Command(
    name = "purge",
    description = {
      "Takes files out of the cache of a running edge, and says how many.",
      "A path that ends in * means all that begin so."
    })
final class PurgeCommand implements Callable<Integer> {
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

  @Option(names = "--all", description = "Everything.")
  private boolean all;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Parameters(paramLabel = "PATH", description = "A path on the edge, such as /vod/a.flv.")
  private List<String> paths = List.of();

  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    if (all != paths.isEmpty()) {
      throw new ParameterException(line, "either paths or --all");
    }
    AdminApi api = AdminApi.at(Objects.requireNonNull(admin), tokenFile);
    List<String> patterns = select(path -> path.endsWith("*"));
    List<String> files = select(path -> !path.endsWith("*"));
    long purged = all || !patterns.isEmpty() ? purge(api, "paths", patterns) : 0;
    purged += files.isEmpty() ? 0 : purge(api, "urls", files);
    PrintWriter out = line.getOut();
    out.println(
        json
            ? new JsonWriter().beginObject().field("purged", purged).endObject().toString()
            : purged + (purged == 1 ? " file" : " files"));
    return 0;
  }

  private List<String> select(Predicate<String> wanted) {
    return paths.stream().filter(wanted).toList();
  }

  private static long purge(AdminApi api, String kind, List<String> entries) {
    return Stream.of(api.post("/api/purge", kind, entries).get("purged"))
        .mapToLong(count -> count instanceof Double number ? number.longValue() : 0)
        .sum();
  }
}
