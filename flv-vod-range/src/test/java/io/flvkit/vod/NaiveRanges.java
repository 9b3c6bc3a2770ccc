package io.flvkit.vod;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The oracle: RFC 9110, 14.1 and 14.2, by regular expression, big numbers and one bit per byte of
 * the file. Slow, and too simple to be wrong in the same way.
 */
final class NaiveRanges {
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final Pattern FIELD =
      Pattern.compile("(?i:bytes)=(?:[ \t]*(?:\\d+-\\d*|-\\d+)?[ \t]*(?:,|$))+", Pattern.DOTALL);

  private NaiveRanges() {}

  /** Null: ignore the field. Empty: 416. Else the ranges to send, in order. */
  static List<ByteRange> of(String field, int length) {
    List<String> specs = specs(field);
    if (specs == null) {
      return null;
    }
    List<BitSet> wanted = new ArrayList<>();
    for (String spec : specs) {
      BigInteger first = spec.startsWith("-") ? null : number(spec.split("-", -1)[0]);
      String end = spec.split("-", -1)[1];
      BigInteger last = end.isEmpty() ? null : number(end);
      if (isBeyond(first) || isBeyond(last)) {
        return List.of();
      }
      BitSet bytes = new BitSet();
      for (int at = 0; at < length; at++) {
        BigInteger offset = BigInteger.valueOf(at);
        boolean in =
            first == null
                ? BigInteger.valueOf(length - at).compareTo(last) <= 0
                : first.compareTo(offset) <= 0 && (last == null || last.compareTo(offset) >= 0);
        bytes.set(at, in);
      }
      wanted.add(bytes);
    }
    return runs(wanted);
  }

  private static List<String> specs(String field) {
    if (!FIELD.matcher(field).matches()) {
      return null;
    }
    List<String> specs = new ArrayList<>();
    for (String element : field.substring(6).split(",", -1)) {
      String spec = element.replaceAll("[ \t]", "");
      if (spec.matches("\\d+-\\d+")) {
        String[] ends = spec.split("-", -1);
        boolean comparable = !isBeyond(number(ends[0])) && !isBeyond(number(ends[1]));
        if (comparable && number(ends[0]).compareTo(number(ends[1])) > 0) {
          return null;
        }
      }
      if (!spec.isEmpty()) {
        specs.add(spec);
      }
    }
    return specs.isEmpty() ? null : specs;
  }

  /** Maximal runs of wanted bytes, in the order in which the specs first mention them. */
  private static List<ByteRange> runs(List<BitSet> wanted) {
    BitSet all = new BitSet();
    wanted.forEach(all::or);
    List<ByteRange> ordered = new ArrayList<>();
    for (BitSet bytes : wanted) {
      int at = bytes.nextSetBit(0);
      if (at < 0) {
        continue;
      }
      ByteRange run = new ByteRange(all.previousClearBit(at) + 1, all.nextClearBit(at) - 1);
      if (!ordered.contains(run)) {
        ordered.add(run);
      }
    }
    return ordered.size() > 8 ? List.of() : ordered;
  }

  private static BigInteger number(String digits) {
    return new BigInteger(digits);
  }

  private static boolean isBeyond(BigInteger number) {
    return number != null && number.compareTo(MAX) > 0;
  }
}
