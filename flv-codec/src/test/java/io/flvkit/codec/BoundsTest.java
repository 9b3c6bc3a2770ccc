package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.flvkit.codec.config.DecoderConfig;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever comes in, framing and classifying it allocates at most four times its bytes and 64 KiB,
 * all told; and so does reading its script data and decoder configuration.
 */
class BoundsTest {
  private static final int NETWORK_PIECE_BYTES = 1460;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<String> files() {
    return Stream.concat(Media.intact(), Media.damaged());
  }

  @ParameterizedTest
  @MethodSource("files")
  void of_a_file(String name) {
    assertBounded(Media.bytes(name));
  }

  @Test
  void of_files_damaged_at_random() {
    SplittableRandom random = new SplittableRandom(5);
    List<byte[]> files = Media.names("synth").map(Media::bytes).toList();

    for (int i = 0; i < 200; i++) {
      byte[] damaged = files.get(random.nextInt(files.size())).clone();
      for (int n = random.nextInt(200); n > 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      assertBounded(damaged);
    }
  }

  static Stream<String> attacks() {
    return ATTACKS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void of_an_attack(String name) {
    assertBounded(ATTACKS.get(name));
  }

  @Test
  void of_a_message_with_thousands_of_tracks() {
    byte[] body = new byte[1 << 16];
    body[0] = (byte) 0x96; // multitrack
    body[1] = 0x13; // many tracks, CodedFramesX
    FlvTag tag = FlvTag.of(TagType.VIDEO, 0, ByteBuffer.wrap(body));

    assertThat(allocated(tag::tracks)).isLessThan(64 << 10);
    assertThat(tag.tracks()).hasSize(256);
  }

  private static final Map<String, byte[]> ATTACKS = attackStreams();

  private static Map<String, byte[]> attackStreams() {
    Map<String, byte[]> attacks = new LinkedHashMap<>();
    attacks.put(
        "tags that set every forbidden bit", repeated("C8 000000 00000000 FFFFFF 0000000B"));
    attacks.put("tags with wrong sizes behind them", repeated("08 000001 00000000 000000 AF 0000"));
    attacks.put("the same and forbidden bits", repeated("C8 000001 00000000 010101 AF 00000000"));
    attacks.put(
        "a byte of garbage before each tag", repeated("FF 08 000000 00000000 000000 0000000B"));
    attacks.put("headers only", repeated("464C5601 05 00000009 00000000"));
    attacks.put("short headers only", repeated("464C5601 05 00000009"));
    attacks.put("headers with sizes before them", repeated("464C5601 05 00000009 00000001"));
    attacks.put("the beginning of a header", repeated("464C5601"));
    attacks.put("tags that promise 16 MiB", repeated("09 FFFFFF 00000000 000000 17"));
    attacks.put("tags that promise a little more", repeated("09 001000 00000000 000000 17"));
    attacks.put("nothing but zeros", new byte[200_000]);
    attacks.put(
        "script data that nests arrays", script("0A 00FFFFFF".repeat(60) + "05".repeat(9000)));
    attacks.put("script data of nulls", script("0A 00030D40" + "05".repeat(200_000)));
    attacks.put("script data of empty texts", script("0A 0000EA60" + "020000".repeat(60_000)));
    attacks.put("script data of empty objects", script("03000009".repeat(50_000)));
    attacks.put("script data of new names", script("03" + names(20_000) + "000009"));
    attacks.put("script data of AMF3 switches", script("1101".repeat(90_000)));
    attacks.put("AMF3 that defines classes", script("11 09 8080 01 01" + "0A0301".repeat(60_000)));
    attacks.put("a text that is not ASCII", script("0C 0000FFFF" + "C3A9".repeat(0x7FFF) + "61"));
    return Collections.unmodifiableMap(attacks);
  }

  private static String names(int count) {
    return String.join("", IntStream.range(0, count).mapToObj("0002%04X05"::formatted).toList());
  }

  private static byte[] repeated(String hex) {
    byte[] unit = bytes(hex);
    ByteBuffer out = ByteBuffer.allocate(13 + 20_000 * unit.length);
    FlvWriter.putHeader(out, new FlvHeader(true, true));
    while (out.hasRemaining()) {
      out.put(unit);
    }
    return out.array();
  }

  private static byte[] script(String values) {
    byte[] body = bytes("02000A" + hex("onMetaData") + values);
    return Streams.of(List.of(FlvTag.of(TagType.SCRIPT, 0, ByteBuffer.wrap(body))));
  }

  private static String hex(String ascii) {
    return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static void assertBounded(byte[] stream) {
    for (int piece : new int[] {stream.length, NETWORK_PIECE_BYTES}) {
      assertBounded(stream, piece, FlvParser::create, BoundsTest::frame);
      assertBounded(stream, piece, BoundsTest::recovering, BoundsTest::frame);
    }
    assertBounded(stream, stream.length, BoundsTest::recovering, BoundsTest::look);
  }

  private static void assertBounded(
      byte[] stream, int piece, Function<FlvHandler, FlvParser> parser, FlvHandler handler) {
    long bytes = allocated(() -> read(parser.apply(handler), stream, piece));

    assertThat(bytes).isLessThanOrEqualTo(4L * stream.length + (64 << 10));
  }

  private static FlvParser recovering(FlvHandler handler) {
    return FlvParser.recovering(FlvLimits.defaults(), handler);
  }

  /** All that a tag says of itself. */
  private static void frame(FlvTag tag) {
    if (tag.payload().remaining() > tag.bodyBytes() || tag.kind() == null) {
      throw new AssertionError(tag.toString());
    }
  }

  /** The values of script data, and decoder configuration. */
  private static void look(FlvTag tag) {
    if (tag.isScript()) {
      OnMetaData.of(tag, FlvLimits.defaults());
    }
    if (tag.isSequenceHeader()) {
      DecoderConfig.of(tag);
    }
  }

  private static void read(FlvParser parser, byte[] stream, int pieceBytes) {
    try {
      for (int at = 0; at < stream.length; at += pieceBytes) {
        parser.parse(ByteBuffer.wrap(stream, at, Math.min(pieceBytes, stream.length - at)));
      }
      parser.end();
    } catch (FlvFormatException e) {
      assertThat(e.position()).isNotNegative();
    }
  }

  /** The least of three runs: the first ones load classes. */
  private static long allocated(Runnable work) {
    long[] runs = new long[3];
    for (int i = 0; i < runs.length; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      work.run();
      runs[i] = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    return Arrays.stream(runs).min().orElseThrow();
  }
}
