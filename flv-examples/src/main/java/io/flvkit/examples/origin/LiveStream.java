package io.flvkit.examples.origin;

import io.flvkit.codec.FlvHeader;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One live stream: takes tags from its feed and passes them on to whoever watches. */
final class LiveStream {
  private final JoinPoint joinPoint = new JoinPoint();
  private final Set<LiveViewer> viewers = new LinkedHashSet<>();
  private final BooleanSupplier stalled;
  private final @Nullable WallClockStamp stamp;
  private long shiftMillis;
  private boolean cutDue;

  /**
   * @param stalled whether viewers get nothing at present
   * @param stamp adds the time of day to the stream, or null
   */
  LiveStream(BooleanSupplier stalled, @Nullable WallClockStamp stamp) {
    this.stalled = stalled;
    this.stamp = stamp;
  }

  void header(FlvHeader header) {
    joinPoint.header(header);
  }

  /** Passes on one tag of the feed; {@link #flush} after the last one at hand sends them. */
  void publish(MediaTag fromFeed) {
    MediaTag tag = fromFeed.at(fromFeed.timestampMillis() + shiftMillis);
    send(tag);
    if (stamp != null && tag.isMedia()) {
      stamp.dueAfter(tag).ifPresent(this::send);
    }
  }

  private void send(MediaTag tag) {
    boolean startsGroup = joinPoint.add(tag);
    if (stalled.getAsBoolean()) {
      return;
    }
    if (cutDue) {
      cutDue = false;
      viewers.forEach(viewer -> viewer.cutWithin(tag));
    } else if (startsGroup) {
      viewers.forEach(viewer -> viewer.startOrGoOn(joinPoint, tag));
    } else {
      viewers.forEach(viewer -> viewer.goOn(tag));
    }
  }

  void flush() {
    viewers.forEach(LiveViewer::flush);
  }

  /** Adds a viewer, who starts at the newest keyframe or with the next one. */
  void join(LiveViewer viewer) {
    viewers.add(viewer);
    viewer.onLeave(() -> viewers.remove(viewer));
    if (!stalled.getAsBoolean() && !joinPoint.group().isEmpty()) {
      viewer.start(joinPoint);
    }
    viewer.flush();
  }

  int viewers() {
    return viewers.size();
  }

  /** Sends the viewers of this moment nothing until a keyframe comes when the stall is over. */
  void pauseViewers() {
    viewers.forEach(LiveViewer::pause);
  }

  /** Cuts every viewer off in the middle of the next tag. */
  void cutSoon() {
    cutDue = true;
  }

  /** Shifts the timestamps of all tags to come, by a negative number too. */
  void jump(long millis) {
    shiftMillis += millis;
  }

  /** The feed is over: viewers get the end of their response. */
  void end() {
    viewers.forEach(LiveViewer::finish);
  }
}
