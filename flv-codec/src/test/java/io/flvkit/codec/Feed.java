package io.flvkit.codec;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Feeds bytes to parsers in pieces, and collects what comes out. */
final class Feed {
  private Feed() {}

  /** All that a parser said, as values. */
  static final class Seen implements FlvHandler {
    final List<FlvHeader> headers = new ArrayList<>();
    final List<FlvTag> tags = new ArrayList<>();
    final List<FlvProblem> problems = new ArrayList<>();

    @Override
    public void onHeader(FlvHeader header) {
      headers.add(header);
    }

    @Override
    public void onTag(FlvTag tag) {
      tags.add(tag.copy());
    }

    @Override
    public void onProblem(FlvProblem problem) {
      problems.add(problem);
    }

    /** One line per event of the stream, for comparing two ways to read it. */
    List<String> lines() {
      List<String> lines = new ArrayList<>();
      headers.forEach(header -> lines.add(header.toString()));
      tags.forEach(tag -> lines.add(tag.position() + " " + md5(tag.wire())));
      problems.forEach(problem -> lines.add(problem.toString()));
      return lines;
    }
  }

  static Seen whole(byte[] bytes) {
    return pieces(bytes, bytes.length);
  }

  /** In pieces of {@code size} bytes. */
  static Seen pieces(byte[] bytes, int size) {
    Seen seen = new Seen();
    FlvParser parser = FlvParser.create(seen);
    for (int at = 0; at < bytes.length; at += size) {
      parser.parse(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)));
    }
    parser.end();
    return seen;
  }

  /** In pieces of random size, each in a buffer of its own that is overwritten afterwards. */
  static Seen randomPieces(byte[] bytes, long seed) {
    Random random = new Random(seed);
    Seen seen = new Seen();
    FlvParser parser = FlvParser.create(seen);
    int at = 0;
    while (at < bytes.length) {
      int size =
          Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 20 : 20_000));
      ByteBuffer piece = ByteBuffer.allocateDirect(size).put(bytes, at, size).flip();
      parser.parse(piece);
      piece.clear().put(new byte[size]);
      at += size;
    }
    parser.end();
    return seen;
  }

  static String md5(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(bytes.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
