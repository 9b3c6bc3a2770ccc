package io.flvkit.bench.macro.ranges;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a number of clients do. As text it is one line, which {@link #parse} reads.
 *
 * @param port on the loopback address
 * @param serverPid whose CPU time, memory and descriptors are looked at
 * @param connections how many, kept alive
 * @param rangeBytes of each request
 * @param requestsPerSecond of all together; 0: the next as soon as the last is answered
 * @param readBytesPerSecond of each connection; 0: as fast as it can
 * @param settleMillis before the window
 * @param windowSeconds how long is measured
 * @param fileBytes length of each file
 * @param firstFile number of the first file that is asked for
 * @param files how many are asked for, by turns
 */
public record RangePlan(
    long port,
    long serverPid,
    long connections,
    long rangeBytes,
    long requestsPerSecond,
    long readBytesPerSecond,
    long settleMillis,
    long windowSeconds,
    long fileBytes,
    long firstFile,
    long files) {

  /** One line for the standard input of {@link RangeLoad}. */
  public String line() {
    return LongStream.of(
            port,
            serverPid,
            connections,
            rangeBytes,
            requestsPerSecond,
            readBytesPerSecond,
            settleMillis,
            windowSeconds,
            fileBytes,
            firstFile,
            files)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  /** The plan of a line. */
  public static RangePlan parse(String line) {
    long[] n = Stream.of(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    return new RangePlan(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10]);
  }

  /** The path of a file. */
  public static String path(long file) {
    return "/vod/f" + file + ".flv";
  }
}
