package io.flvkit.bench.macro;

import io.flvkit.bench.macro.ranges.RangePlan;
import java.util.Locale;

/** What can be measured of files: who asks for how much, how often, and whether it is cached. */
enum VodRow {
  RANGES_1M_16(16, 1 << 20, 0, 0),
  RANGES_1M_64(64, 1 << 20, 0, 0),
  RANGES_4M_16(16, 4 << 20, 0, 0),
  RANGES_4M_64(64, 4 << 20, 0, 0),
  SMALL_10000(64, 4 << 10, 10_000, 0),
  SLOW_5000(5_000, 32 << 20, 0, 32 << 10),
  COLD(1, 64 << 10, 20, 0);

  /** Length of each file. */
  static final int FILE_BYTES = 64 << 20;

  /** Different files for the cold row, each asked for once. */
  static final int COLD_FILES = 2_000;

  private final int connections;
  private final int rangeBytes;
  private final int requestsPerSecond;
  private final int readBytesPerSecond;

  VodRow(int connections, int rangeBytes, int requestsPerSecond, int readBytesPerSecond) {
    this.connections = connections;
    this.rangeBytes = rangeBytes;
    this.requestsPerSecond = requestsPerSecond;
    this.readBytesPerSecond = readBytesPerSecond;
  }

  /** One window. Each of cold files has its own, as long as there are any. */
  RangePlan plan(Server server, int round, int seconds) {
    long files = this == COLD ? (long) requestsPerSecond * seconds : 1;
    return plan(server, seconds, requestsPerSecond, this == COLD ? 1 + round * files : 0, files);
  }

  /** Lets the server do what the row does until it is compiled. */
  RangePlan warming(Server server, int seconds) {
    return this == COLD
        ? plan(server, seconds, COLD_FILES / seconds, 1 + COLD_FILES, COLD_FILES)
        : plan(server, seconds, requestsPerSecond, 0, 1);
  }

  private RangePlan plan(Server server, int seconds, int perSecond, long firstFile, long files) {
    long settleMillis = this == SLOW_5000 ? 5_000 : this == COLD ? 0 : 1_000;
    return new RangePlan(
        server.port(),
        server.process().pid(),
        connections,
        rangeBytes,
        perSecond,
        readBytesPerSecond,
        settleMillis,
        seconds,
        FILE_BYTES,
        firstFile,
        files);
  }

  static VodRow named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** As in the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String description() {
    return String.format(
        Locale.ROOT,
        "%,d connections, ranges of %,d KiB%s%s of a file of 64 MiB%s",
        connections,
        rangeBytes >> 10,
        requestsPerSecond == 0 ? "" : ", " + requestsPerSecond + " a second",
        readBytesPerSecond == 0 ? "" : ", each reading 32 KiB/s",
        this == COLD ? ", each of another file" : ", cached");
  }
}
