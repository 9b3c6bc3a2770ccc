package io.flvkit.examples.origin;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The live streams by name, and the faults that stand for them. */
final class LiveStreams {
  /** Faults may be set for streams to come, for so many names. */
  static final int FAULTS_MAX = 1_000;

  private final Map<String, LiveStream> streams = new HashMap<>();
  private final Map<String, Fault> faults = new HashMap<>();
  private final @Nullable InstantSource stampClock;

  /**
   * @param stampClock the time of day to stamp streams with, null for no stamps
   */
  LiveStreams(@Nullable InstantSource stampClock) {
    this.stampClock = stampClock;
  }

  Optional<LiveStream> find(String name) {
    return Optional.ofNullable(streams.get(name));
  }

  /** Opens a stream for a feed; empty if the name has a feed already. */
  Optional<LiveStream> open(String name) {
    if (streams.containsKey(name)) {
      return Optional.empty();
    }
    WallClockStamp stamp = stampClock == null ? null : new WallClockStamp(stampClock);
    LiveStream stream = new LiveStream(() -> fault(name) == Fault.STALL, stamp);
    streams.put(name, stream);
    return Optional.of(stream);
  }

  /** Ends a stream: its viewers get the end of their response, later ones find nothing. */
  void close(String name) {
    LiveStream stream = streams.remove(name);
    if (stream != null) {
      stream.end();
    }
  }

  /** The fault that stands for new viewers of a stream. */
  Fault fault(String name) {
    return faults.getOrDefault(name, Fault.NONE);
  }

  /**
   * Sets a fault that stands, for a stream that may be yet to come, or does one that acts once.
   *
   * @param millis how far {@link Fault#TIMESTAMP_JUMP} goes, negative for back
   * @return false if there is no stream to act on, or too many names have faults
   */
  boolean apply(String name, Fault fault, long millis) {
    return switch (fault) {
      case CUT -> find(name).map(stream -> act(stream::cutSoon)).orElse(false);
      case TIMESTAMP_JUMP -> find(name).map(it -> act(() -> it.jump(millis))).orElse(false);
      case NONE -> act(() -> faults.remove(name));
      default -> set(name, fault);
    };
  }

  private boolean set(String name, Fault fault) {
    if (faults.size() >= FAULTS_MAX && !faults.containsKey(name)) {
      return false;
    }
    faults.put(name, fault);
    if (fault == Fault.STALL) {
      find(name).ifPresent(LiveStream::pauseViewers);
    }
    return true;
  }

  private static boolean act(Runnable action) {
    action.run();
    return true;
  }
}
