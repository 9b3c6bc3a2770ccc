package io.flvkit.vod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/**
 * More: {@code mvn -pl flv-vod-range test -Dtest=RangeSetProperties
 * -Djqwik.tries.default=10000000}.
 */
class RangeSetProperties {
  @Property
  void ranges_are_those_of_the_naive_oracle(
      @ForAll("fields") String field, @ForAll("lengths") long length) {
    List<ByteRange> expected = NaiveRanges.of(field, (int) length);

    List<ByteRange> ranges = RangeSet.parse(field).map(set -> set.resolve(length)).orElse(null);

    assertThat(ranges).isEqualTo(expected);
  }

  @Property
  void a_normalized_field_asks_for_the_same_bytes(
      @ForAll("fields") String field, @ForAll("lengths") long length) {
    RangeSet set = RangeSet.parse(field).orElse(null);
    Assume.that(set != null && set.normalized().isPresent());

    RangeSet normalized = RangeSet.parse(set.normalized().orElseThrow()).orElseThrow();

    // A range that lies past the end may have been merged with one asked for later: another order.
    assertThat(normalized.resolve(length)).containsExactlyInAnyOrderElementsOf(set.resolve(length));
    assertThat(normalized.normalized()).isEqualTo(set.normalized());
  }

  @Property
  void text_that_is_almost_a_range_is_read_like_the_naive_oracle_reads_it(
      @ForAll("garbage") String field, @ForAll("lengths") long length) {
    List<ByteRange> expected = NaiveRanges.of(field, (int) length);

    List<ByteRange> ranges = RangeSet.parse(field).map(set -> set.resolve(length)).orElse(null);

    assertThat(ranges).isEqualTo(expected);
  }

  @Property
  void no_text_at_all_throws_whatever_the_length(
      @ForAll String text, @ForAll @LongRange(max = Long.MAX_VALUE) long length) {
    RangeSet.parse("bytes=" + text).ifPresent(set -> assertSound(set.resolve(length), length));
  }

  @Property
  void never_more_bytes_than_the_file_and_never_more_than_eight_ranges(
      @ForAll("fields") String field, @ForAll @LongRange(max = Long.MAX_VALUE) long length) {
    RangeSet.parse(field).ifPresent(set -> assertSound(set.resolve(length), length));
  }

  private static void assertSound(List<ByteRange> ranges, long length) {
    assertThat(ranges).hasSizeLessThanOrEqualTo(RangeSet.MAX_RANGES);
    long left = length;
    for (ByteRange range : ranges) {
      assertThat(range.last()).isLessThan(length);
      left -= range.length();
      assertThat(left).isNotNegative();
    }
  }

  @Provide
  Arbitrary<String> fields() {
    return VodArbitraries.rangeFields();
  }

  @Provide
  Arbitrary<String> garbage() {
    return VodArbitraries.almostRangeFields();
  }

  @Provide
  Arbitrary<Long> lengths() {
    return VodArbitraries.smallLengths();
  }
}
