package io.flvkit.bench.macro.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux says of a process at one moment.
 *
 * @param nanos when
 * @param userSeconds of CPU since it started
 * @param systemSeconds of CPU since it started
 * @param residentBytes its memory
 * @param tcpBytes what all TCP sockets of the machine hold, both ends of loopback connections
 */
public record Proc(
    long pid,
    long nanos,
    double userSeconds,
    double systemSeconds,
    long residentBytes,
    long tcpBytes) {

  private static final double TICKS_PER_SECOND = 100;
  private static final int PAGE_BYTES = 4_096;

  /** A process now. */
  public static Proc of(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // Behind the name, which may contain anything: the state is field 3 of the manual, index 0
    // here.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new Proc(
        pid,
        System.nanoTime(),
        Long.parseLong(fields[11]) / TICKS_PER_SECOND,
        Long.parseLong(fields[12]) / TICKS_PER_SECOND,
        Long.parseLong(fields[21]) * PAGE_BYTES,
        socketBytes());
  }

  /** The same process now. */
  public Proc now() throws IOException {
    return of(pid);
  }

  /** Share of a core that it used from {@code earlier} to this moment. */
  public double coresSince(Proc earlier) {
    double seconds = userSeconds + systemSeconds - earlier.userSeconds - earlier.systemSeconds;
    return seconds / ((nanos - earlier.nanos) / 1e9);
  }

  /** The part of it spent outside the kernel. */
  public double userCoresSince(Proc earlier) {
    return (userSeconds - earlier.userSeconds) / ((nanos - earlier.nanos) / 1e9);
  }

  private static long socketBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/net/sockstat"))) {
      if (line.startsWith("TCP:")) {
        String pages = line.substring(line.lastIndexOf(' ') + 1);
        return Long.parseLong(pages) * PAGE_BYTES;
      }
    }
    return 0;
  }
}
