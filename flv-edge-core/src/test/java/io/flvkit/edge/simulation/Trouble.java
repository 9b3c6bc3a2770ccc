package io.flvkit.edge.simulation;

import io.flvkit.edge.simulation.SimOrigin.Health;
import java.util.List;
import java.util.Random;

/** What goes wrong, and when: as the seed says, from calm days to very bad ones. */
final class Trouble {
  private static final List<Health> ILLS =
      List.of(
          Health.REFUSING,
          Health.UNREACHABLE,
          Health.FROZEN,
          Health.BUSY,
          Health.MISSING,
          Health.LYING,
          Health.TRICKLING,
          Health.KEYLESS);

  private final Simulation simulation;
  private final Random random;
  private final double perTick;
  private boolean shiftedTime;

  Trouble(Simulation simulation) {
    this.simulation = simulation;
    this.random = simulation.random;
    this.perTick = random.nextInt(5) == 0 ? 0.1 : random.nextDouble() * 0.03;
  }

  /** Whether an origin stepped forth or back by less than what counts as a jump. */
  boolean hasShiftedTime() {
    return shiftedTime;
  }

  /** A time to start from: mostly small, sometimes close to where numbers wrap. */
  static long base(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> (1L << 31) - random.nextInt(30_000);
      case 1 -> (1L << 32) - random.nextInt(30_000);
      case 2 -> (1L << 24) - random.nextInt(30_000);
      case 3, 4, 5 -> 0;
      default -> random.nextInt(100_000_000);
    };
  }

  /** Asked at each tick. */
  void perhaps() {
    if (random.nextDouble() < perTick) {
      strikes(simulation.origins.get(random.nextInt(simulation.origins.size())));
    }
    if (!simulation.viewers.isEmpty() && random.nextDouble() < 0.05) {
      viewerDoes(simulation.viewers.get(random.nextInt(simulation.viewers.size())));
    }
  }

  private void strikes(SimOrigin origin) {
    int kind = random.nextInt(10);
    simulation.say("trouble " + kind + " at origin " + simulation.origins.indexOf(origin));
    switch (kind) {
      case 0, 1, 2, 3 -> falls(origin);
      case 4 -> origin.cutsOff();
      case 5 -> origin.sendsGarbage();
      case 6 -> origin.repeatsGroup();
      case 7 -> origin.jumps(jump());
      case 8 -> restarts(origin);
      default -> flaps(origin, 3 + random.nextInt(10));
    }
  }

  private void falls(SimOrigin origin) {
    Health ill = ILLS.get(random.nextInt(ILLS.size()));
    simulation.say("it is " + ill);
    origin.become(ill);
    later(100 + random.nextInt(8_000), () -> origin.become(Health.GOOD));
  }

  private void flaps(SimOrigin origin, int times) {
    if (times > 0) {
      origin.become(times % 2 == 0 ? Health.GOOD : Health.REFUSING);
      later(1_000, () -> flaps(origin, times - 1));
    } else {
      origin.become(Health.GOOD);
    }
  }

  private long jump() {
    long far = 1_500L + random.nextInt(1_000_000);
    return switch (random.nextInt(3)) {
      case 0 -> far;
      case 1 -> -far;
      default -> {
        shiftedTime = true;
        yield random.nextInt(900) - 450L;
      }
    };
  }

  private void restarts(SimOrigin origin) {
    boolean onConnection = random.nextBoolean();
    boolean withHeader = random.nextInt(3) > 0;
    Programme next = simulation.newProgramme();
    if (onConnection && !withHeader && !next.hasTracksOf(origin.programme())) {
      return; // nothing in FLV says that a track is gone
    }
    origin.restarts(next, random.nextBoolean() ? 0 : base(random), onConnection, withHeader);
  }

  private void viewerDoes(SimViewer viewer) {
    switch (random.nextInt(3)) {
      case 0 -> viewer.leaves();
      default -> {
        viewer.getsStuck(true);
        later(100 + random.nextInt(10_000), () -> viewer.getsStuck(false));
      }
    }
  }

  private void later(int millis, Runnable task) {
    simulation.loops.all().get(0).schedule(millis * 1_000_000L, task);
  }
}
