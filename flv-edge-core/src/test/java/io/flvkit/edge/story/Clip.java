package io.flvkit.edge.story;

import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** The real clip that the stories run on, and the reading of what arrived. */
final class Clip {
  private static final byte[] BYTES = load();

  private Clip() {}

  private static byte[] load() {
    try (InputStream in = Clip.class.getResourceAsStream("/media/h264_aac.flv")) {
      return Objects.requireNonNull(in, "media/h264_aac.flv is missing").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes() {
    return BYTES.clone();
  }

  /** Its last bytes, which end a body that has all of it. */
  static byte[] end() {
    return Arrays.copyOfRange(BYTES, BYTES.length - 100, BYTES.length);
  }

  /** The tags of a stream as text, byte for byte; an unfinished last one is left out. */
  static List<String> tags(byte[] flv) {
    List<String> tags = new ArrayList<>();
    FlvParser.create(
            (FlvHandler)
                tag -> {
                  ByteBuffer wire = tag.wire();
                  byte[] copy = new byte[wire.remaining()];
                  wire.get(copy);
                  tags.add(HexFormat.of().formatHex(copy));
                })
        .parse(ByteBuffer.wrap(flv));
    return tags;
  }

  /** The audio and video tags from the n-th keyframe on, 0 is the first. */
  static List<String> mediaFromKeyframe(int n) {
    List<String> tags = new ArrayList<>();
    int[] keyframes = {-1};
    FlvParser.create(
            (FlvHandler)
                tag -> {
                  keyframes[0] += tag.isKeyFrame() ? 1 : 0;
                  if (keyframes[0] >= n) {
                    tags.add(HexFormat.of().formatHex(bytesOf(tag)));
                  }
                })
        .parse(ByteBuffer.wrap(BYTES));
    return tags;
  }

  private static byte[] bytesOf(FlvTag tag) {
    ByteBuffer wire = tag.wire();
    byte[] copy = new byte[wire.remaining()];
    wire.get(copy);
    return copy;
  }
}
