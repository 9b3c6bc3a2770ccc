package io.flvkit.edge.http;

import java.nio.channels.FileChannel;
import java.util.List;

/** The content of a response, free of any protocol's framing. */
public sealed interface Body permits Body.Bytes, Body.Parts, Body.Pulled, LiveBody {
  /** No content. */
  Bytes EMPTY = new Bytes(new byte[0]);

  /**
   * A small content in memory.
   *
   * @param content owned by the response, not changed any more
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; a copy would serve nobody
  record Bytes(byte[] content) implements Body {}

  /**
   * A content of known length made of pieces of files and of memory (a multipart answer has both).
   *
   * @param lengthBytes sum of the pieces
   * @param parts the pieces in order
   * @param onDone runs once when the content was sent or given up: closes what the parts opened
   */
  record Parts(long lengthBytes, List<Part> parts, Runnable onDone) implements Body {}

  /** A piece of a content. */
  sealed interface Part permits InMemory, InFile {}

  /** A piece in memory, not changed any more. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record InMemory(byte[] content) implements Part {}

  /** A piece of an open file. */
  record InFile(FileChannel file, long offset, long lengthBytes) implements Part {}

  /**
   * A content that arrives piece by piece from somewhere else, with back-pressure.
   *
   * @param lengthBytes the length, or -1 if nobody knows it
   * @param source where it comes from
   */
  record Pulled(long lengthBytes, BodySource source) implements Body {}
}
