package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our coded packets are those that ffprobe found: times, sizes, places, key flags, payloads. */
class PacketTruthTest {
  /** Where ffprobe is known to be wrong and the tag list is the truth. */
  private static final Set<String> NOT_FOR_FFPROBE =
      Set.of(
          "good/h263_codecid8",
          "good/mpeg4_codecid9",
          "synth/legacy_av1_codecid13",
          "synth/ex_multitrack_manytracks_seqstart");

  /** Where ffprobe takes the key flag from the coded data, not from the tag. */
  private static final Set<String> FLAGS_OF_ITS_OWN =
      Set.of("synth/encrypted_se", "synth/ex_multitrack_manycodecs");

  static Stream<String> intact() {
    return Media.intact().filter(name -> !NOT_FOR_FFPROBE.contains(name));
  }

  @ParameterizedTest
  @MethodSource("intact")
  void packets_are_those_of_ffprobe(String name) {
    List<String> expected = new ArrayList<>();
    for (String line : Media.truth(name, "packets").stream().skip(1).toList()) {
      String[] f = line.split(",", -1);
      if ((f[1].equals("v") || f[1].equals("a")) && isFrame(name, f)) {
        expected.add(String.join(",", f[1], f[2], f[3], f[5], f[6], f[7].substring(0, 1), f[8]));
      }
    }

    List<String> found = new ArrayList<>();
    for (FlvTag tag : Feed.whole(Media.bytes(name)).tags) {
      if (tag.isCodedMedia()) {
        ByteBuffer body = tag.body();
        for (TrackPacket packet : tag.tracks()) {
          if (packet.payloadBytes() > 0) {
            found.add(line(tag, packet, body));
          }
        }
      }
    }

    if (FLAGS_OF_ITS_OWN.contains(name)) {
      found.replaceAll(PacketTruthTest::withoutFlag);
      expected.replaceAll(PacketTruthTest::withoutFlag);
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Not an empty packet for side data, nor the configuration of VP8 that ffprobe takes for one. */
  private static boolean isFrame(String name, String[] fields) {
    boolean vp8Configuration = name.endsWith("ex_vp08") && fields[5].equals("12");
    return !fields[5].equals("0") && !vp8Configuration;
  }

  private static String withoutFlag(String line) {
    return line.replaceAll(",[K_],", ",");
  }

  private static String line(FlvTag tag, TrackPacket packet, ByteBuffer body) {
    long dts = tag.timestampMillis();
    return String.join(
        ",",
        tag.isVideo() ? "v" : "a",
        Long.toString(dts + packet.compositionMillis()),
        Long.toString(dts),
        Integer.toString(packet.payloadBytes()),
        Long.toString(tag.position()),
        tag.isAudio() || tag.isKeyFrame() ? "K" : "_",
        Feed.md5(body.slice(body.position() + packet.payloadOffset(), packet.payloadBytes())));
  }
}
