package io.flvkit.bench.macro.load;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a crowd of viewers does. As text it is one line, which {@link #parse} reads.
 *
 * @param port on the loopback address
 * @param serverPid whose CPU time is taken over the window
 * @param viewers how many join
 * @param joinsPerSecond how fast they join, evenly
 * @param settleSeconds between the last join and the window
 * @param windowSeconds how long is measured
 * @param sampled how many of them are read at once, not in sweeps
 * @param stopEvery every n-th viewer reads to its first keyframe and never again; 0 for none
 */
public record Plan(
    int port,
    long serverPid,
    int viewers,
    int joinsPerSecond,
    int settleSeconds,
    int windowSeconds,
    int sampled,
    int stopEvery) {

  /** The path that is asked for. */
  public static final String PATH = "/live/s.flv";

  /** One line for the standard input of {@link Load}. */
  public String line() {
    return Stream.of(
            port,
            serverPid,
            viewers,
            joinsPerSecond,
            settleSeconds,
            windowSeconds,
            sampled,
            stopEvery)
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  /** The plan of a line. */
  public static Plan parse(String line) {
    int[] n = Stream.of(line.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    return new Plan(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
  }

  /** From the first join to the end of the window. */
  public int seconds() {
    return joinSeconds() + settleSeconds + windowSeconds;
  }

  int joinSeconds() {
    return (viewers + joinsPerSecond - 1) / joinsPerSecond;
  }

  boolean isSampled(int index) {
    int stride = Math.max(1, viewers / Math.max(1, sampled));
    return index % stride == 0 && index / stride < sampled;
  }

  boolean stops(int index) {
    return stopEvery > 0 && index % stopEvery == stopEvery - 1 && !isSampled(index);
  }
}
