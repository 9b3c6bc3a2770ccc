package io.flvkit.bench.macro.load;

import java.io.IOException;

/**
 * What a window showed. Lag: from the mark of a tag to the viewer's reading it. Start-up: from
 * connect() to the first keyframe. Both of the sampled viewers.
 *
 * @param playing viewers with a keyframe and an open connection at the end
 * @param stopped viewers that stopped reading on purpose; in none of the other figures
 * @param stalled viewers to which nothing came for a second
 * @param flushesPerSecond reads of a sampled viewer: the server's writes to it
 * @param sweptLagP99Millis lag of the others, up to 20 ms too long
 * @param serverCores CPU of the server per second
 * @param serverGrowthBytes resident memory since before the viewers joined
 * @param tcpGrowthBytes socket memory of the whole machine since then
 */
public record WindowResult(
    long viewers,
    long playing,
    long stopped,
    long refused,
    long closed,
    long stalled,
    long lost,
    long repeated,
    long stepsBack,
    long notKeyframeFirst,
    long broken,
    double startupP50Millis,
    double startupP99Millis,
    double lagP50Millis,
    double lagP99Millis,
    double sweptLagP99Millis,
    double megabytesPerSecond,
    double tagsPerSecond,
    double flushesPerSecond,
    double serverCores,
    double serverUserCores,
    double loadCores,
    long serverBytes,
    long serverGrowthBytes,
    long tcpBytes,
    long tcpGrowthBytes) {

  private static final double LAG_MILLIS_MAX = 3_000;

  /** Lost, repeated, disordered or unreadable tags, and streams without a keyframe first. */
  public long faults() {
    return lost + repeated + stepsBack + notKeyframeFirst + broken;
  }

  /** Whether the server did not serve: viewers are missing, silent or far behind. */
  public boolean isBroken() {
    return playing < 0.99 * (viewers - stopped)
        || stalled > 0.01 * viewers
        || Math.max(lagP99Millis, sweptLagP99Millis) > LAG_MILLIS_MAX;
  }

  static WindowResult of(Plan plan, Crowd crowd, Proc before, Proc opened, Proc loadOpened)
      throws IOException {
    Proc server = opened.now();
    Proc load = loadOpened.now();
    Tally tally = crowd.tally();
    double seconds = (server.nanos() - opened.nanos()) / 1e9;
    crowd.viewers().stream()
        .filter(Viewer::isPlaying)
        .forEach(viewer -> viewer.countStall(server.nanos()));
    return new WindowResult(
        plan.viewers(),
        crowd.viewers().stream().filter(v -> v.isPlaying() && !v.isStopped()).count(),
        crowd.viewers().stream().filter(Viewer::isStopped).count(),
        tally.refused,
        tally.closed,
        tally.stalled,
        tally.lost,
        tally.repeated,
        tally.stepsBack,
        tally.notKeyframeFirst,
        tally.broken,
        tally.startup.millis(0.5),
        tally.startup.millis(0.99),
        tally.lag.millis(0.5),
        tally.lag.millis(0.99),
        tally.sweptLag.millis(0.99),
        tally.bytes / seconds / 1e6,
        tally.tags / seconds,
        tally.sampledReads / seconds / Math.min(plan.sampled(), plan.viewers()),
        server.coresSince(opened),
        server.userCoresSince(opened),
        load.coresSince(loadOpened),
        server.residentBytes(),
        server.residentBytes() - before.residentBytes(),
        server.tcpBytes(),
        server.tcpBytes() - before.tcpBytes());
  }
}
