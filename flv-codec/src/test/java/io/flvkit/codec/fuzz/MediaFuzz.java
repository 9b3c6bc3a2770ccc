package io.flvkit.codec.fuzz;

import static io.flvkit.codec.fuzz.ParserFuzz.require;

import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvSteps;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.TagType;
import io.flvkit.codec.TrackPacket;
import io.flvkit.codec.config.DecoderConfig;
import java.nio.ByteBuffer;

/** Audio and video bodies, legacy and enhanced: the first bit says which, the rest is the body. */
public final class MediaFuzz {
  private MediaFuzz() {}

  /** Entry point of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    CpuBound.check(() -> run(data));
  }

  private static void run(byte[] data) {
    if (data.length == 0) {
      return;
    }
    int type = (data[0] & 1) == 0 ? TagType.VIDEO : TagType.AUDIO;
    FlvTag tag = FlvTag.of(type, 0, ByteBuffer.wrap(data, 1, data.length - 1));
    int end = tag.bodyBytes();
    require(tag.payloadOffset() + tag.payload().remaining() <= end, "payload");
    for (TrackPacket packet : tag.tracks()) {
      require(packet.payloadBytes() >= 0, "track");
      require(packet.payloadOffset() + packet.payloadBytes() <= end, "track");
    }
    require(!(tag.isKeyFrame() && !tag.isCodedMedia()), "key frame");
    require(DecoderConfig.of(tag) != null, "configuration");
    FlvHandler sink = out -> require(out.kind() != null, "output");
    FlvSteps.track(0, 0).tag(tag, sink);
    FlvSteps.track(1, 1).tag(tag, sink);
    FlvSteps.compatible().tag(tag, sink);
  }
}
