package io.flvkit.bench.macro;

import io.flvkit.bench.macro.load.WindowResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the edge's event loops allocate at 1,000 and at 4,000 viewers. A stream costs some bytes for
 * each tag however many watch; a viewer must cost none per flush.
 */
final class AllocationStudy implements Study {
  private static final int FEW = 1_000;

  private record Point(int viewers, double bytesPerSecond, double viewerFlushesPerSecond) {}

  @Override
  public int warmViewers() {
    return Row.ALLOC.viewers();
  }

  @Override
  public Finding run(Rig rig, int rounds, int seconds) throws IOException, InterruptedException {
    try (EdgeJvm jvm = EdgeJvm.attach(rig.edge().process().pid())) {
      Point few = measure(rig, jvm, FEW, seconds);
      Point many = measure(rig, jvm, Row.ALLOC.viewers(), seconds);
      double growth = many.bytesPerSecond() - few.bytesPerSecond();
      double perFlush = growth / (many.viewerFlushesPerSecond() - few.viewerFlushesPerSecond());
      String sum =
          String.format(
              Locale.ROOT,
              "allocation per viewer per flush, by the difference of the two: %.2f B",
              perFlush);
      return new Finding(
          List.of(line(few), line(many), sum), Map.of("bytesPerViewerFlush", perFlush));
    }
  }

  private static Point measure(Rig rig, EdgeJvm jvm, int viewers, int seconds)
      throws IOException, InterruptedException {
    WindowResult window = rig.hold(viewers, seconds);
    long bytes = jvm.allocatedBytes();
    long start = System.nanoTime();
    rig.edge().process().runFor(Duration.ofSeconds(seconds));
    double elapsed = (System.nanoTime() - start) / 1e9;
    double bytesPerSecond = (jvm.allocatedBytes() - bytes) / elapsed;
    rig.leave();
    return new Point(viewers, bytesPerSecond, viewers * window.flushesPerSecond());
  }

  private static String line(Point point) {
    return String.format(
        Locale.ROOT,
        "%,6d viewers: %.1f KB/s allocated by the event loops, %,.0f writes a second (%.2f B each)",
        point.viewers(),
        point.bytesPerSecond() / 1e3,
        point.viewerFlushesPerSecond(),
        point.bytesPerSecond() / point.viewerFlushesPerSecond());
  }
}
