package io.flvkit.examples;

import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.FlvWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Moves a stream to another time with parser and writer alone: {@code RewriteTimestamps IN OUT MS}.
 */
public final class RewriteTimestamps {
  private RewriteTimestamps() {}

  /** Adds the milliseconds named third to all timestamps of the first file. */
  public static void main(String[] args) throws IOException {
    byte[] in = Files.readAllBytes(Path.of(args[0]));
    Files.write(Path.of(args[1]), rewrite(in, Long.parseLong(args[2])));
  }

  static byte[] rewrite(byte[] stream, long shiftMillis) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(stream.length);
    FlvParser parser = FlvParser.create(new Shift(out, shiftMillis));
    parser.parse(ByteBuffer.wrap(stream));
    parser.end();
    return out.toByteArray();
  }

  private record Shift(ByteArrayOutputStream out, long shiftMillis) implements FlvHandler {
    @Override
    public void onHeader(FlvHeader header) {
      ByteBuffer bytes = ByteBuffer.allocate(header.dataOffset() + FlvTag.TRAILER_BYTES);
      FlvWriter.putHeader(bytes, header);
      out.writeBytes(bytes.array());
    }

    @Override
    public void onTag(FlvTag tag) {
      ByteBuffer bytes = ByteBuffer.allocate(FlvWriter.tagBytes(tag.bodyBytes()));
      FlvWriter.putTagAt(bytes, tag.timestampMillis() + shiftMillis, tag);
      out.writeBytes(bytes.array());
    }
  }
}
