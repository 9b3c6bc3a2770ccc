package io.flvkit.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a player in a browser made of a stream. */
record Watched(Map<String, String> facts) {
  /** A browser that drops more than these has no time to decode: its stalls tell nothing of us. */
  static final int DROPPED_BY_A_BUSY_MACHINE = 5;

  /** Reads {@code name=value} separated by tabs. */
  static Watched of(String line) {
    return new Watched(
        Stream.of(line.split("\t", -1))
            .map(fact -> fact.split("=", 2))
            .collect(Collectors.toMap(fact -> fact[0], fact -> fact[1])));
  }

  long number(String name) {
    return Long.parseLong(facts.get(name));
  }

  /** The requests for the stream: {@code STATUS RANGE; ...}. */
  String requests() {
    return facts.get("requests");
  }

  /** Media was shown for so long at least, without an error and, once begun, without a stall. */
  Watched playedSmoothly(int shownMillis) {
    return playedSmoothly(shownMillis, "");
  }

  /** The same, except that exactly these errors were reported and stepped over. */
  Watched playedSmoothly(int shownMillis, String errors) {
    assertThat(facts).as("errors").containsEntry("errors", errors);
    assertThat(number("shownMillis"))
        .as("media shown in %s", this)
        .isGreaterThanOrEqualTo(shownMillis);
    if (number("droppedFrames") <= DROPPED_BY_A_BUSY_MACHINE) {
      assertThat(number("stalls")).as("stalls in %s", this).isZero();
    }
    return this;
  }

  Watched decodedFrames(int least) {
    assertThat(number("decodedFrames")).as("frames in %s", this).isGreaterThanOrEqualTo(least);
    return this;
  }

  Watched hasSound(boolean expected) {
    assertThat(number("audioBytes") > 0).as("sound in %s", this).isEqualTo(expected);
    return this;
  }
}
