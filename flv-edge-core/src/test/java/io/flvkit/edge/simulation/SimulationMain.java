package io.flvkit.edge.simulation;

import java.util.Map;
import java.util.TreeMap;

/** Runs as many seeds as one likes: {@code FIRST COUNT}, or one {@code SEED} with its trace. */
public final class SimulationMain {
  private static final int SHOWN_MAX = 10;

  private SimulationMain() {}

  /** The command; exits with 1 if a rule broke. */
  public static void main(String[] args) {
    long first = Long.parseLong(args[0]);
    if (args.length == 1) {
      Simulation.run(first, System.out::println);
      System.out.println("seed " + first + ": fine");
      return;
    }
    long count = Long.parseLong(args[1]);
    Map<String, String> broken = new TreeMap<>();
    int failures = 0;
    for (long seed = first; seed < first + count; seed++) {
      try {
        Simulation.run(seed);
      } catch (BrokenRule e) {
        failures++;
        String message = String.valueOf(e.getMessage());
        String kind = message.replaceAll("[0-9]+", "#");
        if (broken.size() < SHOWN_MAX) {
          broken.putIfAbsent(kind, message);
        }
      }
    }
    broken.values().forEach(System.out::println);
    System.out.println(count + " seeds, " + failures + " broke a rule");
    System.exit(failures == 0 ? 0 : 1);
  }
}
