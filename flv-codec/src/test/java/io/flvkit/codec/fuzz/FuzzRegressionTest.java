package io.flvkit.codec.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The short run of the fuzz targets: the seed corpus, and mutations of it from a fixed seed. */
class FuzzRegressionTest {
  private static final int MUTATIONS = 1500;

  @Test
  void the_parsers_survive() throws Exception {
    run("parser", ParserFuzz::fuzzerTestOneInput);
  }

  @Test
  void streams_and_their_repair_survive() throws Exception {
    run("stream", StreamFuzz::fuzzerTestOneInput);
  }

  @Test
  void script_data_survives() throws Exception {
    run("script", ScriptFuzz::fuzzerTestOneInput);
  }

  @Test
  void media_headers_survive() throws Exception {
    run("media", MediaFuzz::fuzzerTestOneInput);
  }

  @Test
  void configuration_records_survive() throws Exception {
    run("config", ConfigFuzz::fuzzerTestOneInput);
  }

  private static void run(String corpus, Consumer<byte[]> target)
      throws IOException, URISyntaxException {
    List<byte[]> seeds = new ArrayList<>();
    Path folder =
        Path.of(
            Objects.requireNonNull(FuzzRegressionTest.class.getResource("/fuzz/" + corpus))
                .toURI());
    try (var files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    assertThat(seeds).isNotEmpty();
    SplittableRandom random = new SplittableRandom(corpus.hashCode());
    for (byte[] seed : seeds) {
      check(seed, target);
    }
    for (int i = 0; i < MUTATIONS; i++) {
      check(mutated(seeds.get(random.nextInt(seeds.size())), random), target);
    }
  }

  private static void check(byte[] input, Consumer<byte[]> target) {
    assertThatCode(() -> target.accept(input))
        .as(() -> "input " + HexFormat.of().formatHex(input))
        .doesNotThrowAnyException();
  }

  /** Flips, overwrites, cuts, repeats. */
  private static byte[] mutated(byte[] seed, SplittableRandom random) {
    byte[] bytes = seed.clone();
    for (int n = 1 + random.nextInt(6); n > 0 && bytes.length > 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0 : 0xFF);
        case 3 -> bytes = Arrays.copyOf(bytes, at + 1);
        default -> {
          byte[] longer = Arrays.copyOf(bytes, bytes.length + Math.min(64, bytes.length - at));
          System.arraycopy(bytes, at, longer, bytes.length, longer.length - bytes.length);
          bytes = longer;
        }
      }
    }
    return bytes;
  }
}
