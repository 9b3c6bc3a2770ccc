package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every intact file of the corpus, tag by tag, against an independent parser. */
class TagTruthTest {
  private static final Set<String> WITH_PACKET_TYPE = Set.of("avc", "hevc12", "av1_13", "mpeg4");

  static Stream<String> intact() {
    return Media.intact();
  }

  @ParameterizedTest
  @MethodSource("intact")
  void every_tag_is_found_and_classified(String name) {
    List<String> expected = Media.truth(name, "tags").stream().skip(1).toList();

    Feed.Seen seen = Feed.whole(Media.bytes(name));

    assertThat(seen.problems).isEmpty();
    assertThat(seen.tags).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      String[] truth = expected.get(i).split(",", -1);
      FlvTag tag = seen.tags.get(i);
      assertThat(header(i, tag)).isEqualTo(String.join(",", List.of(truth).subList(0, 7)));
      assertThat(Feed.md5(tag.body())).isEqualTo(truth[15]);
      assertThat(tag.bodyBytes() + FlvTag.HEADER_BYTES).hasToString(truth[7]);
      if (tag.isAudio() || tag.isVideo()) {
        assertThat(media(tag)).as(expected.get(i)).isEqualTo(truthOfMedia(truth));
      }
    }
  }

  private static String header(int index, FlvTag tag) {
    return "%d,%d,%d,%d,%d,%d,%d"
        .formatted(
            index,
            tag.position(),
            tag.type(),
            tag.isFiltered() ? 1 : 0,
            tag.bodyBytes(),
            tag.timestampMillis(),
            tag.streamId());
  }

  private static String media(FlvTag tag) {
    return String.join(
        ",",
        tag.kind().name(),
        tag.isVideo() ? Integer.toString(tag.frameType()) : "",
        tag.isEnhanced() && tag.codec() != 0 ? FourCc.text(tag.codec()) : "",
        Integer.toString(tag.compositionMillis()),
        Integer.toString(tag.trackId()),
        Integer.toString(tag.payloadOffset()));
  }

  private static String truthOfMedia(String[] truth) {
    boolean enhanced = truth[8].contains("-ex");
    String frameType = truth[2].equals("9") ? truth[9].isEmpty() ? "0" : truth[9] : "";
    return String.join(
        ",",
        kind(truth, enhanced).name(),
        frameType,
        enhanced ? truth[10] : "",
        truth[12].isEmpty() ? "0" : truth[12],
        truth[13].isEmpty() ? "0" : truth[13],
        truth[14].isEmpty() ? "0" : truth[14]);
  }

  private static PacketKind kind(String[] truth, boolean enhanced) {
    String kind = truth[8];
    if (kind.endsWith("-cmd")) {
      return PacketKind.COMMAND;
    }
    if (kind.endsWith("-empty")) {
      return PacketKind.EMPTY;
    }
    boolean typed = enhanced || truth[10].equals("aac") || WITH_PACKET_TYPE.contains(truth[10]);
    return switch (typed ? truth[11] : "1") {
      case "0", "5" -> PacketKind.SEQUENCE_START;
      case "1", "3" -> PacketKind.CODED_FRAMES;
      case "2" -> PacketKind.SEQUENCE_END;
      case "4" ->
          kind.equals("video-ex") ? PacketKind.VIDEO_METADATA : PacketKind.MULTICHANNEL_CONFIG;
      default -> PacketKind.UNKNOWN;
    };
  }
}
