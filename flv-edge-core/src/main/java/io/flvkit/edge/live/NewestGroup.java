package io.flvkit.edge.live;

import io.flvkit.buffer.ReadStatus;
import io.flvkit.buffer.RecordCursor;
import io.flvkit.buffer.SegmentAllocator;
import io.flvkit.buffer.SlidingWindow;
import io.flvkit.buffer.WindowLimits;
import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.FlvWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a pull has brought since its newest keyframe, in the order and the bytes of the
 * origin: what whoever takes the pull over has to know first. Of a pull without video there is no
 * more than the newest sound. Holds at most as many bytes as a window may. Confined to one thread.
 */
final class NewestGroup {
  private final SegmentAllocator allocator;
  private final WindowLimits limits;
  private SlidingWindow window;
  private final LeadTrack lead = new LeadTrack();
  private @Nullable FlvHeader header;
  private Configuration configuration = Configuration.NONE;
  private Configuration atStart = Configuration.NONE;
  private boolean sawVideo;
  private boolean hasStart;
  private long bodyBytes;

  NewestGroup(long maxBytes, SegmentAllocator allocator) {
    this.allocator = allocator;
    this.limits = WindowLimits.of(maxBytes, 0);
    this.window = SlidingWindow.create(limits, allocator);
  }

  /** The pull began, or began anew: what came before belongs to another time. */
  void beginsAnew(FlvHeader next) {
    header = next;
    configuration = Configuration.NONE;
    sawVideo = false;
    forget();
  }

  /** Tags may be missing: what is held is of no use, and nothing is until the next keyframe. */
  void forget() {
    close();
    window = SlidingWindow.create(limits, allocator);
    lead.reset();
  }

  /**
   * Takes the next tag.
   *
   * @param clockMillis a time that never steps back
   */
  void add(FlvTag tag, long clockMillis) {
    configuration = configuration.after(tag);
    sawVideo |= tag.isVideo();
    boolean starts =
        tag.isVideo()
            ? lead.startsAt(tag, clockMillis)
            : !sawVideo && tag.isAudio() && tag.isCodedMedia();
    if (FlvWriter.tagBytes(tag.bodyBytes()) > limits.maxBytes()) {
      forget();
    } else if (starts || hasStart) {
      append(tag, starts, clockMillis);
    }
  }

  private void append(FlvTag tag, boolean starts, long clockMillis) {
    if (starts) {
      window.markJoinPoint(clockMillis, null);
      atStart = configuration;
      hasStart = true;
      bodyBytes = 0;
    }
    ByteBuffer wire = tag.wire();
    int bytes = wire.remaining();
    window.claim(bytes + FlvTag.TRAILER_BYTES).put(wire).putInt(bytes);
    window.commit(RecordKind.of(tag), clockMillis, 0);
    bodyBytes += tag.bodyBytes();
  }

  /** Drops what is older than the newest keyframe, or does not fit with it. */
  void trim() {
    window.trim(0);
    if (hasStart && window.newestJoinPoint().isEmpty()) {
      forget();
    }
  }

  /** Whether it holds a keyframe, or the newest sound. */
  boolean hasStart() {
    return hasStart;
  }

  /** Bytes of the bodies of the tags held. */
  long bodyBytes() {
    return bodyBytes;
  }

  /** Tells all it holds, behind a header and the configuration in force at its first tag. */
  void replay(FlvHandler handler) {
    if (header == null) {
      return;
    }
    trim();
    FlvParser parser = FlvParser.withLimits(FlvLimits.live(), handler);
    parser.parse((hasStart ? atStart : configuration).asReceived(header));
    window.newestJoinPoint().ifPresent(start -> replay(parser, start.position()));
  }

  private void replay(FlvParser parser, long fromPosition) {
    try (RecordCursor records = window.records(fromPosition)) {
      while (records.next() == ReadStatus.READY) {
        parser.parse(records.bytes());
      }
    }
  }

  /** Gives its memory back. */
  void close() {
    window.close(StreamEnd.ENDED);
    window.discard();
    hasStart = false;
    bodyBytes = 0;
  }
}
