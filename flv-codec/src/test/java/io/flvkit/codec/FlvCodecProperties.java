package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.amf.Amf0Reader;
import io.flvkit.codec.amf.Amf0Writer;
import io.flvkit.codec.amf.AmfValue;
import io.flvkit.codec.config.DecoderConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The laws of the codec. */
class FlvCodecProperties {
  @Provide
  Arbitrary<List<FlvTag>> streams() {
    return FlvArbitraries.streams();
  }

  @Provide
  Arbitrary<AmfValue> values() {
    return FlvArbitraries.values();
  }

  @Provide
  Arbitrary<byte[]> bodies() {
    return FlvArbitraries.bodies();
  }

  @Provide
  Arbitrary<String> codecs() {
    return Arbitraries.of("avc1", "hvc1", "av01", "vp09", "mp4a", "Opus", "fLaC");
  }

  @Property(tries = 300)
  void reading_what_was_written_gives_the_same_tags(@ForAll("streams") List<FlvTag> tags) {
    Feed.Seen seen = Feed.whole(Streams.of(tags));

    assertThat(lines(seen.tags)).isEqualTo(lines(tags));
    assertThat(seen.problems).isEmpty();
  }

  @Property(tries = 300)
  void any_split_gives_the_same_tags(
      @ForAll("streams") List<FlvTag> tags,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int size) {
    byte[] bytes = Streams.of(tags);
    List<String> whole = Feed.whole(bytes).lines();

    assertThat(Feed.pieces(bytes, size).lines()).isEqualTo(whole);
    assertThat(Feed.randomPieces(bytes, seed).lines()).isEqualTo(whole);
  }

  @Property(tries = 1000)
  void arbitrary_bytes_end_in_tags_or_in_the_exception_of_the_codec(
      @ForAll @Size(max = 400) byte[] garbage, @ForAll boolean headed) {
    byte[] bytes = headed ? concat(Streams.of(List.of()), garbage) : garbage;
    long end = bytes.length;

    try {
      Feed.whole(bytes).tags.forEach(FlvCodecProperties::touch);
    } catch (FlvFormatException e) {
      assertThat(e.position()).isBetween(0L, end);
    }
    Feed.Seen seen = recovered(bytes);
    seen.tags.forEach(FlvCodecProperties::touch);
    FlvInspectorTest.inspect(bytes);
  }

  @Property(tries = 500)
  void arbitrary_bodies_are_classified_without_leaving_them(
      @ForAll("bodies") byte[] body, @ForAll @IntRange(min = 0, max = 31) int type) {
    touch(FlvTag.of(type, 0, ByteBuffer.wrap(body)));
  }

  @Property(tries = 300)
  void garbage_before_and_between_costs_no_tag(
      @ForAll @Size(max = 100) byte[] garbage, @ForAll @IntRange(min = 0, max = 30) int where) {
    List<FlvTag> tags = new ArrayList<>();
    for (int i = 0; i < 31; i++) {
      tags.add(i % 3 == 0 ? Streams.video(40L * i, i % 9 == 0) : Streams.audio(40L * i));
    }
    byte[] clean = Streams.of(tags);
    int cut = (int) Feed.whole(clean).tags.get(where).position();

    byte[] damaged = new byte[clean.length + garbage.length];
    System.arraycopy(clean, 0, damaged, 0, cut);
    System.arraycopy(garbage, 0, damaged, cut, garbage.length);
    System.arraycopy(clean, cut, damaged, cut + garbage.length, clean.length - cut);

    assertThat(lines(recovered(damaged).tags)).containsAll(lines(tags));
  }

  @Property(tries = 300)
  void filter_then_parse_is_parse_then_filter(@ForAll("streams") List<FlvTag> tags) {
    List<String> filtered = new ArrayList<>();
    FlvHandler audio = FlvPipeline.to(tag -> filtered.add(line(tag)), FlvSteps.audioOnly());
    tags.forEach(audio::onTag);

    byte[] written = Streams.through(Streams.of(tags), FlvSteps.audioOnly());

    assertThat(lines(Feed.whole(written).tags)).isEqualTo(filtered);
  }

  @Property(tries = 200)
  void repair_is_idempotent(@ForAll("streams") List<FlvTag> tags) {
    FlvIndexer indexer = FlvIndexer.repairing(FlvLimits.defaults());

    byte[] once = Streams.indexed(Streams.of(tags), indexer);

    assertThat(Streams.indexed(once, indexer)).isEqualTo(once);
  }

  @Property(tries = 500)
  void repaired_timestamps_never_go_back_and_stay_below_2_to_31(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = -3000, max = 3000) Integer> steps,
      @ForAll @IntRange(min = 0, max = 1_000_000) int start) {
    long time = start;
    List<FlvTag> tags = new ArrayList<>();
    for (int step : steps) {
      time = Math.max(0, time + step);
      tags.add(tags.size() % 2 == 0 ? Streams.video(time, true) : Streams.audio(time));
    }

    List<FlvTag> repaired =
        Feed.whole(Streams.through(Streams.of(tags), FlvSteps.repairTimestamps())).tags;

    long[] last = new long[32];
    for (FlvTag tag : repaired) {
      assertThat(tag.timestampMillis()).isBetween(last[tag.type()], (1L << 31) - 1);
      last[tag.type()] = tag.timestampMillis();
    }
  }

  @Property(tries = 300)
  void values_survive_writing_and_reading(@ForAll("values") AmfValue value) {
    ByteBuffer bytes = new Amf0Writer().write(value).toBuffer();

    Amf0Reader reader = Amf0Reader.of(bytes, FlvLimits.defaults());

    assertThat(reader.next()).isEqualTo(value);
    assertThat(reader.hasNext()).isFalse();
  }

  @Property(tries = 1000)
  void arbitrary_script_data_is_read_or_refused(@ForAll @Size(max = 200) byte[] bytes) {
    try {
      ScriptData.parse(ByteBuffer.wrap(bytes), FlvLimits.live()).toBody();
    } catch (FlvFormatException e) {
      assertThat(e.position()).isBetween(0L, (long) bytes.length);
    }
  }

  @Property(tries = 1000)
  void arbitrary_configuration_records_are_read_or_empty(
      @ForAll("codecs") String codec, @ForAll @Size(max = 120) byte[] bytes) {
    assertThat(DecoderConfig.parse(codec, ByteBuffer.wrap(bytes))).isNotNull();
  }

  /** Calls everything that looks into a tag. */
  static void touch(FlvTag tag) {
    assertThat(tag.payload().remaining()).isBetween(0, tag.bodyBytes());
    for (TrackPacket packet : tag.tracks()) {
      assertThat(packet.payloadOffset() + packet.payloadBytes()).isBetween(0, tag.bodyBytes());
    }
    assertThat(tag.isKeyFrame() && tag.isSequenceHeader()).isFalse();
    assertThat(CodecNames.of(tag)).isNotEmpty();
    assertThat(DecoderConfig.of(tag)).isNotNull();
    FlvHandler sink = out -> assertThat(out.payload().remaining()).isNotNegative();
    FlvSteps.compatible().tag(tag, sink);
    FlvSteps.track(1, 1).tag(tag, sink);
    FlvSteps.audioOnly().tag(tag, sink);
  }

  static Feed.Seen recovered(byte[] bytes) {
    Feed.Seen seen = new Feed.Seen();
    FlvParser parser = FlvParser.recovering(FlvLimits.defaults(), seen);
    parser.parse(ByteBuffer.wrap(bytes));
    parser.end();
    return seen;
  }

  private static byte[] concat(byte[] head, byte[] tail) {
    return ByteBuffer.allocate(head.length + tail.length).put(head).put(tail).array();
  }

  private static List<String> lines(List<FlvTag> tags) {
    return tags.stream().map(FlvCodecProperties::line).toList();
  }

  private static String line(FlvTag tag) {
    return Feed.md5(tag.wire());
  }
}
