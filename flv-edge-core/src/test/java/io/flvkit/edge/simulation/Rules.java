package io.flvkit.edge.simulation;

import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.origin.OriginRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What must hold at every moment, beside what each viewer's {@link TagJudge} says. */
final class Rules {
  private static final Duration SLACK = Duration.ofMillis(2_500);
  private static final Duration SHEDDING = Duration.ofSeconds(14);
  private static final Duration RETRY_MAX = Duration.ofSeconds(2);

  private final Simulation simulation;
  private long withinBudgetNanos;
  private final Map<SimViewer, Boolean> settled = new HashMap<>();

  Rules(Simulation simulation) {
    this.simulation = simulation;
  }

  /** One pull of each stream, and a standby from another origin. */
  void pullOpened(SimOrigin at, OriginRequest request) {
    String stream = request.uri().getPath();
    long open = simulation.origins.stream().mapToLong(origin -> origin.openPullsOf(stream)).sum();
    require(open <= (simulation.config.standby() ? 1 : 0), "a pull too many of one stream");
    require(at.openPullsOf(stream) == 0, "a second pull from one origin");
  }

  void check() {
    checkMemory();
    for (SimViewer viewer : simulation.viewers) {
      if (!settled.containsKey(viewer)) {
        check(viewer);
      }
    }
  }

  /** It may be exceeded for as long as it takes to find out whose fault it is. */
  private void checkMemory() {
    boolean exceeded = simulation.budget > 0 && simulation.memory.bytes() > simulation.budget;
    if (!exceeded) {
      withinBudgetNanos = simulation.loops.nowNanos();
    }
    Duration most = SHEDDING.plus(simulation.config.holdTimeout());
    require(
        simulation.loops.nowNanos() - withinBudgetNanos < most.toNanos(),
        "more memory than allowed for too long");
  }

  private void check(SimViewer viewer) {
    long now = simulation.loops.nowNanos();
    if (!viewer.isAnswered()) {
      require(
          now - viewer.askedNanos < answerWithin().toNanos(), "a request is not answered in time");
      return;
    }
    if (viewer.isWatching()) {
      if (viewer.takesAll() && simulation.alwaysFeeds(viewer.rendition)) {
        require(
            now - viewer.lastTagNanos() < silenceMax().toNanos(),
            viewer + " waits beyond every deadline");
      }
      return;
    }
    settled.put(viewer, true);
    EndReason reason = viewer.end();
    if (reason != null) {
      checkEnd(viewer, reason);
    }
  }

  private void checkEnd(SimViewer viewer, EndReason reason) {
    boolean clean = reason == EndReason.STREAM_ENDED || reason == EndReason.TAKEN_DOWN;
    require(viewer.hasCleanEnd() == clean, "an end that says " + reason);
    switch (reason) {
      case STREAM_ENDED -> {}
      case ORIGIN_LOST -> checkLost();
      case REBASED, DRAIN -> {}
      case MEMORY -> require(simulation.budget > 0, "an end for memory without a limit");
      case STALLED -> require(!viewer.takesAll() || viewer.wasStuck(), "a viewer that takes all");
      default -> throw new BrokenRule("an end for " + reason);
    }
  }

  /** An origin that was well all the time should have taken over. */
  private void checkLost() {
    int count = simulation.origins.size();
    Duration each = simulation.config.connectTimeout().plus(simulation.config.firstByteTimeout());
    Duration rescue =
        simulation
            .config
            .holdDown()
            .plus(RETRY_MAX)
            .plus(each.multipliedBy(count))
            .plus(Duration.ofSeconds(2));
    if (simulation.config.holdTimeout().compareTo(rescue) < 0) {
      return;
    }
    long since =
        simulation.loops.nowNanos() - simulation.config.holdTimeout().toNanos() - 500_000_000L;
    for (SimOrigin origin : simulation.origins) {
      require(origin.goodSinceNanos() > since, "viewers were lost though an origin was well");
    }
  }

  private Duration answerWithin() {
    return simulation
        .config
        .firstByteTimeout()
        .plus(simulation.config.connectTimeout())
        .multipliedBy(simulation.origins.size())
        .plus(SLACK);
  }

  /** A stall, a wait for a keyframe, then the hold. */
  private Duration silenceMax() {
    return simulation
        .config
        .stallTimeout()
        .plus(simulation.config.holdTimeout())
        .plus(Duration.ofSeconds(6))
        .plus(SLACK);
  }

  /** Who still takes the rest of a stream that had ended before is cut off with the connection. */
  void nobodyWatchesAfterDrain() {
    for (SimViewer viewer : simulation.viewers) {
      require(!viewer.isWatching() || viewer.isFinishing(), viewer + " watches after the drain");
    }
  }

  void nothingIsLeft() {
    check();
    require(simulation.service.streamCount() == 0, "a stream is left");
    for (SimOrigin origin : simulation.origins) {
      require(origin.openPulls() == 0, "a pull is left");
    }
    for (SimViewer viewer : simulation.viewers) {
      require(viewer.isAnswered(), "a request was never answered");
      require(!viewer.isWatching(), "somebody still watches");
    }
    require(simulation.memory.bytes() == 0, "memory is left");
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new BrokenRule(rule);
    }
  }
}
