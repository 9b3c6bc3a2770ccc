package io.flvkit.vod;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ranges of a Range header field of unit {@code bytes}, before a length is known (RFC 9110,
 * 14.2).
 *
 * <p>A set with a number beyond 2^63-1 is read, but resolves to nothing: no file is that long.
 */
public final class RangeSet {
  /** Most ranges in one answer, after coalescing; a set that needs more resolves to nothing. */
  public static final int MAX_RANGES = 8;

  /** Longest header field that is read; a longer one resolves to nothing. */
  public static final int MAX_HEADER_CHARS = 32 * 1024;

  private static final String UNIT = "bytes=";
  private static final RangeSet UNSATISFIABLE = new RangeSet(List.of());

  private final List<RangeSpec> specs;

  private RangeSet(List<RangeSpec> specs) {
    this.specs = specs;
  }

  /**
   * Reads a field value. Empty when the field is to be ignored: another unit, not a range set by
   * the grammar, or a range that ends before it begins. Empty list elements and white space around
   * elements are allowed (RFC 9110, 5.6.1).
   */
  public static Optional<RangeSet> parse(String fieldValue) {
    if (!fieldValue.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return Optional.empty();
    }
    if (fieldValue.length() > MAX_HEADER_CHARS) {
      return Optional.of(UNSATISFIABLE);
    }
    List<RangeSpec> specs = new ArrayList<>();
    for (String element : fieldValue.substring(UNIT.length()).split(",", -1)) {
      String text = trim(element);
      if (text.isEmpty()) {
        continue;
      }
      RangeSpec spec = RangeSpec.parse(text);
      if (spec == null) {
        return Optional.empty();
      }
      specs.add(spec);
    }
    if (specs.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        specs.contains(RangeSpec.TOO_LARGE) ? UNSATISFIABLE : new RangeSet(List.copyOf(specs)));
  }

  /**
   * The bytes to send of a file of {@code length} bytes: satisfiable ranges only; overlapping and
   * adjacent ones as one, so that no byte is sent twice; in the order asked for, a merged one at
   * the place of its earliest (RFC 9110, 15.3.7.2). Empty when nothing can be satisfied, or when
   * more than {@link #MAX_RANGES} would remain.
   */
  public List<ByteRange> resolve(long length) {
    List<Placed> placed = new ArrayList<>();
    for (RangeSpec spec : specs) {
      ByteRange range = spec.resolve(length);
      if (range != null) {
        placed.add(new Placed(range, placed.size()));
      }
    }
    List<Placed> merged = coalesce(placed);
    if (merged.size() > MAX_RANGES) {
      return List.of();
    }
    merged.sort(Comparator.comparingInt(Placed::place));
    return merged.stream().map(Placed::range).toList();
  }

  /**
   * A field value that asks for the same bytes in as few ranges as can be told without a length:
   * for a request that passes on. The order may differ where ranges lie past the end. Empty when no
   * file has a byte of it, or when more than {@link #MAX_RANGES} would remain.
   */
  public Optional<String> normalized() {
    List<Placed> placed = new ArrayList<>();
    int place = 0;
    RangeSpec suffix = null;
    int suffixPlace = 0;
    for (RangeSpec spec : specs) {
      ByteRange range = spec.isSuffix() ? null : spec.resolve(Long.MAX_VALUE);
      if (range != null) {
        placed.add(new Placed(range, place));
      } else if (spec.isSuffix() && spec.last() > 0) {
        suffixPlace = suffix == null ? place : suffixPlace;
        suffix = suffix == null || spec.last() > suffix.last() ? spec : suffix;
      }
      place++;
    }
    List<Placed> merged = coalesce(placed);
    merged.sort(Comparator.comparingInt(Placed::place));
    List<String> texts = new ArrayList<>(merged.stream().map(Placed::text).toList());
    if (suffix != null) {
      int before = suffixPlace;
      int index = (int) merged.stream().filter(range -> range.place() < before).count();
      texts.add(index, "-" + suffix.last());
    }
    return texts.isEmpty() || texts.size() > MAX_RANGES
        ? Optional.empty()
        : Optional.of(UNIT + String.join(",", texts));
  }

  /** The first byte that is asked for first; empty when that takes a length to tell. */
  public OptionalLong firstOffset() {
    return specs.isEmpty() || specs.get(0).isSuffix()
        ? OptionalLong.empty()
        : OptionalLong.of(specs.get(0).first());
  }

  /** Whether it asks for the last bytes, at least one: true of a file without any byte too. */
  boolean asksForTail() {
    return specs.stream().anyMatch(spec -> spec.isSuffix() && spec.last() > 0);
  }

  private static List<Placed> coalesce(List<Placed> ranges) {
    ranges.sort(Comparator.comparingLong(placed -> placed.range().first()));
    List<Placed> merged = new ArrayList<>();
    for (Placed next : ranges) {
      Placed previous = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (previous != null && next.range().first() <= previous.range().last() + 1) {
        merged.set(merged.size() - 1, previous.joinedWith(next));
      } else {
        merged.add(next);
      }
    }
    return merged;
  }

  /** Optional white space of HTTP is space and tab, nothing else (RFC 9110, 5.6.3). */
  private static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  /** A range and where it stood in the request. */
  private record Placed(ByteRange range, int place) {
    Placed joinedWith(Placed other) {
      long last = Math.max(range.last(), other.range.last());
      return new Placed(new ByteRange(range.first(), last), Math.min(place, other.place));
    }

    /** As a field says it of a file whose length is not known: open when it has no end. */
    String text() {
      return range.last() == Long.MAX_VALUE - 1 ? range.first() + "-" : range.toString();
    }
  }
}
