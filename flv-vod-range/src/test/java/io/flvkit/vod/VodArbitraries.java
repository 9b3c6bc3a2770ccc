package io.flvkit.vod;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Header fields as clients send them, and as they should not. */
final class VodArbitraries {
  private VodArbitraries() {}

  /** Lengths of tiny files, so that random ranges overlap, touch and miss. */
  static Arbitrary<Long> smallLengths() {
    return Arbitraries.longs().between(0, 30);
  }

  /** Range fields of unit bytes by the grammar, numbers small or near and beyond 2^63. */
  static Arbitrary<String> rangeFields() {
    Arbitrary<String> interval =
        Combinators.combine(numbers(), numbers().injectNull(0.2)).as(VodArbitraries::interval);
    Arbitrary<String> element =
        Arbitraries.frequencyOf(
            Tuple.of(8, interval),
            Tuple.of(2, numbers().map(n -> "-" + n)),
            Tuple.of(1, Arbitraries.of("", " ", "\t")));
    Arbitrary<String> separator = Arbitraries.of(",", ", ", " ,", "\t,  ");
    return Combinators.combine(element.list().ofMaxSize(14), separator)
        .as((elements, comma) -> "bytes=" + String.join(comma, elements));
  }

  /** Text of the characters that range fields are made of. */
  static Arbitrary<String> almostRangeFields() {
    return Arbitraries.strings()
        .withChars("0123456789-, \t=+*x")
        .ofMaxLength(12)
        .map(text -> "bytes=" + text);
  }

  private static Arbitrary<String> numbers() {
    BigInteger limit = BigInteger.ONE.shiftLeft(63);
    return Arbitraries.frequencyOf(
        Tuple.of(30, Arbitraries.integers().between(0, 35).map(String::valueOf)),
        Tuple.of(2, Arbitraries.of("000", "007", "0000000000000000000000012")),
        Tuple.of(
            1,
            Arbitraries.bigIntegers()
                .between(limit.subtract(BigInteger.TWO), limit.add(BigInteger.ONE))
                .map(String::valueOf)));
  }

  /** Mostly in order: a range that ends before it begins spoils the whole field. */
  private static String interval(String from, String to) {
    if (to == null) {
      return from + "-";
    }
    boolean ordered = new BigInteger(from).compareTo(new BigInteger(to)) <= 0;
    boolean keep = ordered || from.hashCode() % 16 == 0;
    return keep ? from + "-" + to : to + "-" + from;
  }
}
