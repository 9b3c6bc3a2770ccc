package io.flvkit.bench.macro;

import java.io.IOException;

/** How a row is measured on a warm rig. */
interface Study {
  /**
   * Measures.
   *
   * @param rounds how often each window is repeated
   * @param seconds length of a window
   */
  Finding run(Rig rig, int rounds, int seconds) throws IOException, InterruptedException;

  /** Viewers that warm the rig up. */
  int warmViewers();

  /** The way of a row. */
  static Study of(Row row) throws IOException {
    double loadBefore = Machine.loadAverage();
    return switch (row) {
      case MEMORY -> new MemoryStudy();
      case ALLOC -> new AllocationStudy();
      case STOPPED4000 -> new StoppedStudy(row, loadBefore);
      default -> new Comparison(row, loadBefore);
    };
  }
}
