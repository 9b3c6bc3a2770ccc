package io.flvkit.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Makes streams in memory. */
final class Streams {
  private Streams() {}

  /** A stream of the given tags with audio and video flags. */
  static byte[] of(List<FlvTag> tags) {
    int bytes = 13;
    for (FlvTag tag : tags) {
      bytes += FlvWriter.tagBytes(tag.bodyBytes());
    }
    ByteBuffer out = ByteBuffer.allocate(bytes);
    FlvWriter.putHeader(out, new FlvHeader(true, true));
    tags.forEach(tag -> FlvWriter.putTag(out, tag));
    return out.array();
  }

  /** Leads a stream through steps, with a strict parser. */
  static byte[] through(byte[] stream, FlvStep... steps) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FlvOutput output = FlvOutput.to(Channels.newChannel(bytes));
    FlvParser parser = FlvParser.create(FlvPipeline.to(output, steps));
    parser.parse(ByteBuffer.wrap(stream));
    parser.end();
    try {
      output.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] indexed(byte[] stream, FlvIndexer indexer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      indexer.index(ByteSource.of(ByteBuffer.wrap(stream)), Channels.newChannel(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** An audio frame (AAC). */
  static FlvTag audio(long timestampMillis) {
    return FlvTag.of(TagType.AUDIO, timestampMillis, body(0xAF, 1, 7, 7));
  }

  /** A video frame (AVC). */
  static FlvTag video(long timestampMillis, boolean key) {
    return FlvTag.of(TagType.VIDEO, timestampMillis, body(key ? 0x17 : 0x27, 1, 0, 0, 0, 9));
  }

  /** Video every 40 ms with a key frame each second, audio every 20 ms, moved in time. */
  static byte[] clip(int millis, LongUnaryOperator time) {
    FlvTag[] tags = new FlvTag[millis / 40 * 3];
    for (int i = 0; i < tags.length / 3; i++) {
      tags[3 * i] = video(time.applyAsLong(40L * i), i % 25 == 0);
      tags[3 * i + 1] = audio(time.applyAsLong(40L * i));
      tags[3 * i + 2] = audio(time.applyAsLong(40L * i + 20));
    }
    return of(Arrays.asList(tags));
  }

  static ByteBuffer body(int... octets) {
    ByteBuffer body = ByteBuffer.allocate(octets.length);
    for (int octet : octets) {
      body.put((byte) octet);
    }
    return body.flip();
  }
}
