package io.flvkit.vod;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class HeaderFieldProperties {

  @Property(tries = 1000)
  void a_content_range_is_either_refused_or_means_what_it_says(@ForAll String text) {
    ContentRange.parse("bytes " + text)
        .ifPresent(read -> assertThat(ContentRange.parse(read.toString())).contains(read));
  }

  @Property(tries = 1000)
  void an_entity_tag_is_either_refused_or_written_as_it_was_read(@ForAll String text) {
    EntityTag.parse(text).ifPresent(tag -> assertThat(tag).hasToString(text));
    assertThat(EntityTag.parseList(text)).allMatch(tag -> text.contains(tag.toString()));
  }

  @Property(tries = 1000)
  void a_date_that_is_written_is_read(
      @ForAll @LongRange(min = -62135596800L, max = 253402300799L) long s) {
    Instant instant = Instant.ofEpochSecond(s);

    assertThat(HttpDate.parse(HttpDate.format(instant), Instant.EPOCH)).contains(instant);
  }

  @Property(tries = 200)
  void the_announced_size_of_a_multipart_body_is_its_size(
      @ForAll @IntRange(min = 1, max = 8) int count,
      @ForAll @IntRange(min = 1, max = 70) int size) {
    List<ByteRange> ranges =
        IntStream.range(0, count).mapToObj(n -> new ByteRange(9L * n, 9L * n + n)).toList();

    MultipartBody body = new MultipartBody(ranges, 100, "text/plain", "b".repeat(size));

    assertThat(MultipartBodyTest.render(body, "x".repeat(100)))
        .hasSize(Math.toIntExact(body.bytes()));
  }
}
