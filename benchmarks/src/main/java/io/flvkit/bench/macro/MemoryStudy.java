package io.flvkit.bench.macro;

import io.flvkit.bench.macro.load.WindowResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much live memory of the edge a viewer takes: what 12,000 of them need more than 1,000. The
 * heap is counted after a collection; it is resident whole from the start, so that all other
 * resident memory, direct buffers included, is the rest. The kernel's memory is shown apart.
 */
final class MemoryStudy implements Study {
  private static final int FEW = 1_000;

  private record Point(int viewers, long heapBytes, long directBytes, long otherBytes, long tcp) {
    long liveBytes() {
      return heapBytes + otherBytes;
    }
  }

  @Override
  public int warmViewers() {
    return FEW;
  }

  @Override
  public Finding run(Rig rig, int rounds, int seconds) throws IOException, InterruptedException {
    try (EdgeJvm jvm = EdgeJvm.attach(rig.edge().process().pid())) {
      Point few = measure(rig, jvm, FEW, seconds);
      Point many = measure(rig, jvm, Row.MEMORY.viewers(), seconds);
      double kilobytes =
          (many.liveBytes() - few.liveBytes()) / 1e3 / (many.viewers() - few.viewers());
      double kernel = (many.tcp() - few.tcp()) / 1e3 / (many.viewers() - few.viewers());
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("kilobytesPerViewer", kilobytes);
      values.put("kernelKilobytesPerViewer", kernel);
      String sum =
          String.format(
              Locale.ROOT,
              "live memory per viewer, %,d to %,d viewers: %.1f KB (kernel's TCP memory, both ends: %.1f KB)",
              few.viewers(),
              many.viewers(),
              kilobytes,
              kernel);
      return new Finding(List.of(line(few), line(many), sum), values);
    }
  }

  private static Point measure(Rig rig, EdgeJvm jvm, int viewers, int seconds)
      throws IOException, InterruptedException {
    WindowResult window = rig.hold(viewers, seconds);
    long heap = jvm.liveHeapBytes();
    Point point =
        new Point(
            viewers,
            heap,
            jvm.directBytes(),
            window.serverBytes() - Edge.HEAP_BYTES,
            window.tcpBytes());
    rig.leave();
    return point;
  }

  private static String line(Point point) {
    return String.format(
        Locale.ROOT,
        "%,6d viewers: heap after a collection %.1f MB, other resident memory %.1f MB (direct buffers %.1f MB)",
        point.viewers(),
        point.heapBytes() / 1e6,
        point.otherBytes() / 1e6,
        point.directBytes() / 1e6);
  }
}
