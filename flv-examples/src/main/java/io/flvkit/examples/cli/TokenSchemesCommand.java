package io.flvkit.examples.cli;

import io.flvkit.edge.json.JsonWriter;
import io.flvkit.token.Scheme;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the schemes of signed links. */
@Command(
    name = "schemes",
    description = "Lists the schemes, and how each makes its token.",
    footer = {
      "",
      "In the formulas {path} is the decoded path, {rawpath} the same percent-encoded, {app} and"
          + " {stream} are of /app/stream.flv, {ip} is empty for an unbound link.",
      "A time is in Unix seconds: DECIMAL, DECIMAL_10 (ten digits), HEX_UPPER or HEX_LOWER (eight);"
          + " MINUTE_UTC8 is YYYYMMDDHHMM in UTC+8."
    })
final class TokenSchemesCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      JsonWriter document = new JsonWriter().beginArray();
      for (Scheme scheme : Scheme.all()) {
        document
            .beginObject()
            .field("name", scheme.name())
            .field("formula", scheme.formula())
            .endObject();
      }
      out.println(document.endArray());
    } else {
      Scheme.all().forEach(it -> out.printf("%-20s %s%n", it.name(), it.formula()));
      out.flush();
    }
    return 0;
  }
}
