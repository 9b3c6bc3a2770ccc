package io.flvkit.codec;

import java.nio.ByteBuffer;

/**
 * Push parser: takes the bytes of a stream in any pieces and hands each complete tag to a {@link
 * FlvHandler}. A tag that lies inside one chunk is never copied; one that crosses a border is put
 * together in a buffer that grows with the bytes received, never with the size declared. Confined
 * to one thread.
 *
 * <p>Strict parsers stop at the first byte that cannot be FLV; a wrong PreviousTagSize alone is
 * only a problem, with an implausible tag header after it framing is lost. Recovering parsers go
 * on: they find every intact tag behind garbage, holes and second headers, and report what they
 * skipped.
 *
 * <pre>{@code
 * FlvParser parser = FlvParser.create(tag -> System.out.println(tag));
 * while (channel.read(buffer.clear()) >= 0) {
 *   parser.parse(buffer.flip());
 * }
 * parser.end();
 * }</pre>
 */
public final class FlvParser {
  private final Framer framer;
  private boolean failed;

  private FlvParser(Framer framer) {
    this.framer = framer;
  }

  /** A strict parser with {@link FlvLimits#defaults()}. */
  public static FlvParser create(FlvHandler handler) {
    return withLimits(FlvLimits.defaults(), handler);
  }

  /** A strict parser with the given limits. */
  public static FlvParser withLimits(FlvLimits limits, FlvHandler handler) {
    return new FlvParser(new StrictFramer(limits, handler));
  }

  /**
   * A parser that goes on behind damage. It hands out a tag once its PreviousTagSize has come, for
   * that is what it trusts; it fails only if {@link FlvLimits#maxResyncBytes()} are skipped in a
   * row.
   */
  public static FlvParser recovering(FlvLimits limits, FlvHandler handler) {
    return new FlvParser(new RecoveringFramer(limits, handler));
  }

  /**
   * Parses the remaining bytes of {@code chunk} and hands each complete tag to the handler.
   * Consumes the whole chunk and keeps no reference to it. What the handler throws is passed on,
   * and the parser cannot be used after it.
   *
   * @throws FlvFormatException at the first byte that cannot be FLV
   */
  public void parse(ByteBuffer chunk) {
    begin();
    while (chunk.hasRemaining()) {
      framer.step(chunk);
    }
    while (framer.settle()) {
      // one unit each
    }
    framer.tag.unwrap();
    failed = false;
  }

  /**
   * Says that the input has ended. Nothing can be parsed after it.
   *
   * @throws FlvFormatException if a strict parser is inside the header, a tag or a PreviousTagSize;
   *     a missing last PreviousTagSize is fine
   */
  public void end() {
    begin();
    while (framer.drain()) {
      // one unit each
    }
    framer.tag.unwrap();
  }

  /** Bytes understood so far, or skipped; an unfinished tag does not count. */
  public long position() {
    return framer.position;
  }

  /** Stays failed unless the call ends well. */
  private void begin() {
    if (failed) {
      throw new IllegalStateException("the parser has ended or failed at byte " + position());
    }
    failed = true;
  }
}
