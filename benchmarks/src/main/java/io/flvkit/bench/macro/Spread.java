package io.flvkit.bench.macro;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Several measurements of one thing: the middle one and how far the others are off. */
record Spread(double median, double least, double most) {

  static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(size - 1));
  }

  /** Of what {@code edge} and {@code limit} showed round by round. */
  static Spread ofRatios(List<Double> edge, List<Double> limit) {
    return of(
        IntStream.range(0, Math.min(edge.size(), limit.size()))
            .mapToObj(round -> edge.get(round) / Math.max(1e-9, limit.get(round)))
            .toList());
  }

  Map<String, Double> values() {
    return Map.of("median", median, "least", least, "most", most);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f (%.2f .. %.2f)", median, least, most);
  }
}
