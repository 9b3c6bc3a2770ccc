package io.flvkit.vod.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The cache against a map of what is stored, under any sequence of calls and restarts. */
class SliceCacheProperties {
  private static final long LENGTH = 4 * CacheStage.SLICE - 1;

  /** What is done. */
  enum Verb {
    FILL,
    READ,
    CHANGE,
    PURGE,
    LET_TIME_PASS,
    RESTART
  }

  /** One call. */
  record Step(Verb verb, int file, int index) {}

  @Property(tries = 200)
  void a_roomy_cache_holds_what_was_stored_and_nothing_else(@ForAll("steps") List<Step> steps)
      throws IOException {
    Path dir = Files.createTempDirectory("slices");
    try {
      Model model = new Model(CacheStage.in(dir));
      for (Step step : steps) {
        if (step.verb() == Verb.RESTART) {
          model.stage.close();
          model.restarted(CacheStage.in(dir));
        } else {
          model.take(step);
        }
      }
      model.check();
      model.stage.close();
    } finally {
      delete(dir);
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(Verb.FILL)), Tuple.of(6, Arbitraries.of(Verb.class))),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 3))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  private static final class Model {
    CacheStage stage;
    private final Map<Integer, Integer> versions = new HashMap<>();
    private final Map<Integer, Set<Integer>> stored = new HashMap<>();

    Model(CacheStage stage) {
      this.stage = stage;
    }

    void restarted(CacheStage next) {
      stage = next;
    }

    void take(Step step) {
      switch (step.verb()) {
        case FILL -> {
          stage.fill(file(step.file()), step.index());
          stored.computeIfAbsent(step.file(), key -> new HashSet<>()).add(step.index());
        }
        case READ -> check(step.file(), step.index());
        case CHANGE -> {
          versions.merge(step.file(), 1, Integer::sum);
          stored.remove(step.file());
          file(step.file());
        }
        case PURGE -> {
          stage.cache.purge(key(step.file())::equals);
          stored.remove(step.file());
        }
        default -> stage.nanos += 2_000_000_000L;
      }
    }

    void check() {
      for (int file = 0; file < 3; file++) {
        for (int index = 0; index < 4; index++) {
          check(file, index);
        }
      }
      assertThat(stage.cache.figures().slices())
          .isEqualTo(stored.values().stream().mapToInt(Set::size).sum());
    }

    private void check(int name, int index) {
      CachedFile file = file(name);
      byte[] expected =
          stored.getOrDefault(name, Set.of()).contains(index) ? stage.expected(file, index) : null;
      assertThat(stage.read(file, index)).isEqualTo(expected);
    }

    private CachedFile file(int name) {
      return stage.admit(key(name), "v" + versions.getOrDefault(name, 0), LENGTH);
    }

    private static String key(int name) {
      return "/" + name + ".flv";
    }
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
