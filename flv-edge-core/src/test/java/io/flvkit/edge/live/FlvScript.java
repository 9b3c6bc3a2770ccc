package io.flvkit.edge.live;

import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvWriter;
import io.flvkit.codec.OnMetaData;
import io.flvkit.codec.TagType;
import io.flvkit.codec.amf.AmfValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds small FLV streams tag by tag; every frame carries its own text, so that tests see it. */
final class FlvScript {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A stream that begins with a header, metadata and both configurations. */
  static FlvScript opening() {
    return new FlvScript().header(true, true).metadata().videoConfig("v1").audioConfig("a1");
  }

  FlvScript header(boolean audio, boolean video) {
    ByteBuffer buffer = ByteBuffer.allocate(13);
    FlvWriter.putHeader(buffer, new FlvHeader(audio, video));
    out.writeBytes(buffer.array());
    return this;
  }

  FlvScript metadata() {
    OnMetaData metadata =
        OnMetaData.empty()
            .with("duration", AmfValue.of(12.5))
            .with("width", AmfValue.of(640))
            .with("audiocodecid", AmfValue.of(10));
    return tag(TagType.SCRIPT, 0, metadata.toBody());
  }

  FlvScript videoConfig(String text) {
    return tag(TagType.VIDEO, 0, body(new byte[] {0x17, 0, 0, 0, 0}, text));
  }

  FlvScript audioConfig(String text) {
    return tag(TagType.AUDIO, 0, body(new byte[] {(byte) 0xAF, 0}, text));
  }

  FlvScript key(long millis) {
    return key(millis, "key" + millis);
  }

  FlvScript key(long millis, String text) {
    return tag(TagType.VIDEO, millis, body(new byte[] {0x17, 1, 0, 0, 0}, text));
  }

  /** A keyframe of one of several tracks. */
  FlvScript trackKey(int track, long millis) {
    byte[] head = {(byte) 0x96, 0x01, 'a', 'v', '0', '1', (byte) track};
    return tag(TagType.VIDEO, millis, body(head, "track" + track));
  }

  FlvScript inter(long millis) {
    return tag(TagType.VIDEO, millis, body(new byte[] {0x27, 1, 0, 0, 0}, "inter" + millis));
  }

  static ByteBuffer interBody(long name) {
    return body(new byte[] {0x27, 1, 0, 0, 0}, "inter" + name);
  }

  static ByteBuffer audioBody(long name) {
    return body(new byte[] {(byte) 0xAF, 1}, "audio" + name);
  }

  /** A pull's piece number {@code i}, which never has a keyframe. */
  static FlvScript framesOnly(int i) {
    FlvScript script = new FlvScript();
    return (i == 0 ? script.header(true, true) : script).inter(i * 100L).audio(i * 100L + 10);
  }

  FlvScript large(long millis, int bytes) {
    return tag(TagType.VIDEO, millis, body(new byte[] {0x27, 1, 0, 0, 0}, "x".repeat(bytes)));
  }

  FlvScript audio(long millis) {
    return tag(TagType.AUDIO, millis, body(new byte[] {(byte) 0xAF, 1}, "audio" + millis));
  }

  FlvScript tag(int type, long millis, ByteBuffer body) {
    ByteBuffer buffer = ByteBuffer.allocate(FlvWriter.tagBytes(body.remaining()));
    FlvWriter.putTag(buffer, type, millis, body);
    out.writeBytes(buffer.array());
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private static ByteBuffer body(byte[] head, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(head.length + payload.length).put(head).put(payload).flip();
  }
}
