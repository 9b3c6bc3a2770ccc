package io.flvkit.edge.vod;

import io.flvkit.edge.http.BodySource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A client that remembers what it got. */
final class RecordingSink implements BodySource.Sink {
  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  int pieces;
  boolean ended;
  String broken;

  @Override
  public void piece(ByteBuffer piece) {
    byte[] copy = new byte[piece.remaining()];
    piece.get(copy);
    bytes.writeBytes(copy);
    pieces++;
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public void broken(String reason) {
    broken = reason;
  }
}
