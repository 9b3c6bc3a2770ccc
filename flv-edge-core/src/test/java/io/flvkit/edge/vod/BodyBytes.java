package io.flvkit.edge.vod;

import io.flvkit.edge.http.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** What a client would read of a body, as the adapter would send it. */
final class BodyBytes {
  private BodyBytes() {}

  /** Reads the body and tells it that it was sent. */
  static byte[] of(Body body) {
    if (body instanceof Body.Bytes bytes) {
      return bytes.content();
    }
    Body.Parts parts = (Body.Parts) body;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      for (Body.Part part : parts.parts()) {
        out.writeBytes(bytesOf(part));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    parts.onDone().run();
    if (out.size() != parts.lengthBytes()) {
      throw new AssertionError(out.size() + " bytes, announced " + parts.lengthBytes());
    }
    return out.toByteArray();
  }

  private static byte[] bytesOf(Body.Part part) throws IOException {
    if (part instanceof Body.InMemory memory) {
      return memory.content();
    }
    Body.InFile file = (Body.InFile) part;
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(file.lengthBytes()));
    while (buffer.hasRemaining()) {
      if (file.file().read(buffer, file.offset() + buffer.position()) < 0) {
        throw new IOException("past the end of the file");
      }
    }
    return buffer.array();
  }
}
