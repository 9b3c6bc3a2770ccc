package io.flvkit.edge.story;

import io.flvkit.edge.simulation.Programme;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An encoder at wall-clock pace whose frames say which they are. All origins that relay it send the
 * same bodies. Thread-safe.
 */
final class Encoder {
  /** More than any story lasts: made at once, so that every thread may look. */
  private static final int FRAMES = 60_000;

  private final List<Run> runs = new CopyOnWriteArrayList<>();

  private final int pictureBytes;

  Encoder() {
    this(0);
  }

  /** One whose pictures have so many bytes more. */
  Encoder(int pictureBytes) {
    this.pictureBytes = pictureBytes;
    startsAnew();
  }

  /** From one start of the encoder to the next; its time begins at zero. */
  record Run(Programme programme, long startNanos) {
    int framesNow() {
      return programme.countAt((System.nanoTime() - startNanos) / 1_000_000);
    }

    /** How long ago that frame was made. */
    long ageMillis(int frame) {
      return (System.nanoTime() - startNanos) / 1_000_000 - programme.frame(frame).millis();
    }
  }

  void startsAnew() {
    Programme programme = new Programme(runs.size(), pictureBytes);
    programme.frame(FRAMES);
    runs.add(new Run(programme, System.nanoTime()));
  }

  Run run() {
    return runs.get(runs.size() - 1);
  }

  @Nullable Run run(int epoch) {
    return epoch >= 0 && epoch < runs.size() ? runs.get(epoch) : null;
  }

  @Nullable Programme programme(int epoch) {
    Run run = run(epoch);
    return run == null ? null : run.programme();
  }
}
