package io.flvkit.edge.simulation;

import org.junit.jupiter.api.Test;

/** Some thousand seeds of {@link Simulation}; {@link SimulationMain} runs as many as one likes. */
class SimulationTest {
  private static final int SEEDS = 1_000;

  @Test
  void no_rule_breaks_whatever_happens_to_origins_and_viewers() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Simulation.run(seed);
    }
  }
}
