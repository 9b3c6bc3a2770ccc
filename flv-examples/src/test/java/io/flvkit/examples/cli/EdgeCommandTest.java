package io.flvkit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeCommandTest {
  @TempDir private Path folder;

  @Test
  void checks_a_configuration_without_serving() throws IOException {
    Run run = Run.of("edge", "--check", "--config", config(0, "limits: { connections: 100 }"));

    assertThat(run).isEqualTo(new Run(0, "OK" + System.lineSeparator(), ""));
  }

  @Test
  void warns_of_a_limit_that_the_process_cannot_reach() throws IOException {
    String more = "limits: { connections: 2000000000 }";

    Run run = Run.of("edge", "--check", "--config", config(0, more));

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo("OK" + System.lineSeparator());
    assertThat(run.errors())
        .singleElement()
        .asString()
        .startsWith("flvkit edge: warning: limits.connections: ");
  }

  @Test
  void names_the_key_of_every_mistake() throws IOException {
    String config = config(0, "liv: []\ndrainDelay: soon\n");

    for (Run run :
        new Run[] {
          Run.of("edge", "--check", "--config", config), Run.of("edge", "--config", config)
        }) {
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.errors())
          .hasSize(2)
          .anyMatch(line -> line.startsWith("flvkit edge: liv: ") && line.contains("live"))
          .anyMatch(line -> line.startsWith("flvkit edge: drainDelay: "));
    }
  }

  @Test
  void says_in_one_line_that_the_file_is_missing() {
    Run run = Run.of("edge", "--config", folder.resolve("none.yaml").toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).singleElement().asString().endsWith("none.yaml does not exist");
  }

  @Test
  void says_in_one_line_that_a_port_is_taken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run = Run.of("edge", "--config", config(taken.getLocalPort(), ""));

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.errors())
          .singleElement()
          .asString()
          .contains("127.0.0.1", String.valueOf(taken.getLocalPort()));
    }
  }

  private String config(int port, String more) throws IOException {
    String yaml =
        """
        listen:
          - { address: 127.0.0.1, port: %d }
        admin: { address: 127.0.0.1, port: 0 }
        %s
        """
            .formatted(port, more);
    return Files.writeString(folder.resolve("edge.yaml"), yaml).toString();
  }
}
