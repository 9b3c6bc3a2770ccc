package io.flvkit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.examples.FlvKitException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FlvKitCommandTest {
  static Iterable<String> commands() {
    Map<String, CommandLine> commands = new CommandLine(new FlvKitCommand()).getSubcommands();
    return commands.keySet();
  }

  @Test
  void lists_its_commands() {
    Run run = Run.of("--help");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("demo", "edge", "origin", "--verbose");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void explains_each_of_its_commands(String command) {
    Run run = Run.of(command, "--help");

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("Usage: flvkit " + command);
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void refuses_an_option_that_a_command_does_not_have(String command) {
    Run run = Run.of(command, "--no-such-option");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors())
        .singleElement()
        .asString()
        .startsWith("flvkit " + command + ": ")
        .endsWith("(see flvkit " + command + " --help)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no-such-command"})
  void says_what_it_is_missing(String arguments) {
    Run run = arguments.isEmpty() ? Run.of() : Run.of(arguments);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).singleElement().asString().startsWith("flvkit: ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shows_where_an_error_came_from_only_when_asked() {
    String[] failing = {"origin", "--listen", "127.0.0.1:0", "--live", "a=no-such.flv"};
    String[] verbose = {
      "--verbose", "origin", "--listen", "127.0.0.1:0", "--live", "a=no-such.flv"
    };

    Run quiet = Run.of(failing);
    Run loud = Run.of(verbose);

    assertThat(quiet.status()).isEqualTo(1);
    assertThat(quiet.errors()).containsExactly("flvkit origin: no-such.flv: no such file");
    assertThat(loud.status()).isEqualTo(1);
    assertThat(loud.errors())
        .startsWith("flvkit origin: no-such.flv: no such file")
        .anyMatch(line -> line.contains(FlvKitException.class.getName()));
  }
}
