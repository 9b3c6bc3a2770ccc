package io.flvkit.edge.live;

import io.flvkit.codec.FlvFormatException;
import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvProblem;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.FlvWriter;
import io.flvkit.codec.TagType;
import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginAnswer;
import io.flvkit.edge.origin.OriginConnector;
import io.flvkit.edge.origin.OriginPull;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.edge.origin.PullFailure;
import io.flvkit.edge.origin.PullListener;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One pull of one origin, from the request to its end: parses what comes and keeps its deadlines.
 * Tells its owner exactly one of {@code refused}, {@code ended}, {@code failed}, unless cancelled.
 * Confined to the stream's home loop.
 */
final class PullSession implements PullListener, FlvHandler {
  /** How much may be searched for the next tag once framing is lost. */
  private static final int RESYNC_BYTES = 1 << 20;

  private static final byte[] SIGNATURE = {'F', 'L', 'V'};

  /** Hears what a pull brings. */
  interface Owner {
    /** The origin's FLV header, before its first tag. */
    void header(FlvHeader header);

    /** A tag of a type that viewers get; valid during the call. */
    void tag(FlvTag tag);

    /**
     * Whether what the pull brings reaches viewers. If not, they wait for its first keyframe, for
     * at most {@link #keyFrameWithin}.
     */
    boolean isFlowing();

    /** How long an origin that sends tags may take to send one from which viewers go on. */
    Duration keyFrameWithin();

    /** The origin began anew on the same connection: another header, often time from 0. */
    void restarted(FlvHeader header);

    /** Bytes that are no tags were skipped, and tags may be missing. */
    void framingLost(String detail);

    /** All tags that arrived together have been told. */
    void batchEnded();

    /** The origin answered with something else than 200. */
    void refused(OriginAnswer answer);

    /** The origin ended the stream in good order. */
    void ended();

    /** The pull is of no use any more. */
    void failed(PullFailure failure, String detail);
  }

  private final Loop loop;
  private final LiveConfig config;
  private Owner owner;
  private final FlvParser parser = FlvParser.recovering(FlvLimits.live(), this);
  private final OriginPull pull;
  private final ByteArrayOutputStream refusal = new ByteArrayOutputStream();

  private Loop.@Nullable Timer deadline;
  private int status;
  private @Nullable String contentType;
  private boolean sawTag;
  private boolean over;
  private long lastTagNanos;
  private long lastFlowNanos;
  private long tagsEnd;
  private int signed;

  PullSession(
      Loop loop, LiveConfig config, OriginConnector connector, OriginRequest request, Owner owner) {
    this.loop = loop;
    this.config = config;
    this.owner = owner;
    this.pull = connector.open(loop, request, this);
    this.deadline = after(config.firstByteTimeout(), this::firstTagOverdue);
  }

  /** Ends the pull; its owner hears nothing any more. */
  void cancel() {
    if (close()) {
      pull.cancel();
    }
  }

  /** What the pull brings from here on is another's. */
  void continueFor(Owner heir) {
    owner = heir;
  }

  /** Whether nothing more comes. */
  boolean isOver() {
    return over;
  }

  private boolean close() {
    boolean first = !over;
    over = true;
    if (deadline != null) {
      deadline.cancel();
    }
    return first;
  }

  private Loop.Timer after(Duration delay, Runnable task) {
    return loop.schedule(delay.toNanos(), task);
  }

  /** Whether the origin has answered, but not with a stream: its answer counts, even unfinished. */
  private boolean isRefusing() {
    return status != 0 && status != 200;
  }

  private void firstTagOverdue() {
    if (isRefusing()) {
      ended();
      return;
    }
    fail(PullFailure.FIRST_BYTE_TIMEOUT, status == 0 ? "no answer" : "no tag");
  }

  private void checkStall() {
    long now = loop.nanoTime();
    long forTag = config.stallTimeout().toNanos() - (now - lastTagNanos);
    long forKeyFrame = owner.keyFrameWithin().toNanos() - (now - lastFlowNanos);
    if (forTag <= 0) {
      fail(PullFailure.STALL, "no tag for " + config.stallTimeout().toMillis() + " ms");
    } else if (forKeyFrame <= 0) {
      fail(PullFailure.STALL, "tags, but no keyframe");
    } else {
      deadline = loop.schedule(Math.min(forTag, forKeyFrame), this::checkStall);
    }
  }

  private void fail(PullFailure failure, String detail) {
    if (close()) {
      pull.cancel();
      owner.failed(failure, detail);
    }
  }

  @Override
  public void answered(int answerStatus, Headers headers) {
    status = answerStatus;
    contentType = headers.first("Content-Type");
  }

  @Override
  public void received(ByteBuffer bytes) {
    if (over) {
      return;
    }
    if (isRefusing()) {
      keepRefusal(bytes);
      return;
    }
    if (!isSigned(bytes)) {
      fail(PullFailure.BROKEN_STREAM, "200 that is not FLV");
      return;
    }
    try {
      parser.parse(bytes);
    } catch (FlvFormatException e) {
      owner.batchEnded();
      fail(PullFailure.BROKEN_STREAM, String.valueOf(e.getMessage()));
      return;
    }
    if (!over) {
      owner.batchEnded();
    }
    if (!over && parser.position() - tagsEnd > RESYNC_BYTES) {
      fail(PullFailure.BROKEN_STREAM, "no tag within " + RESYNC_BYTES + " bytes");
    }
  }

  /**
   * Whether the answer can be FLV: it begins with the signature. The parser would search for it.
   */
  private boolean isSigned(ByteBuffer bytes) {
    for (int i = 0; signed < SIGNATURE.length && i < bytes.remaining(); i++) {
      if (bytes.get(bytes.position() + i) != SIGNATURE[signed++]) {
        return false;
      }
    }
    return true;
  }

  private void keepRefusal(ByteBuffer bytes) {
    int room = OriginAnswer.BODY_BYTES_MAX - refusal.size();
    byte[] piece = new byte[Math.min(room, bytes.remaining())];
    bytes.get(piece);
    refusal.writeBytes(piece);
    if (room == piece.length) {
      ended();
    }
  }

  @Override
  public void ended() {
    if (!close()) {
      return;
    }
    if (isRefusing()) {
      pull.cancel();
      owner.refused(new OriginAnswer(status, contentType, refusal.toByteArray()));
    } else if (!sawTag) {
      owner.failed(PullFailure.BROKEN_STREAM, "200 without a stream");
    } else {
      endParser();
    }
  }

  private void endParser() {
    try {
      parser.end();
      owner.ended();
    } catch (FlvFormatException e) {
      owner.failed(PullFailure.RESET, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void failed(PullFailure failure, String detail) {
    if (isRefusing()) {
      ended();
    } else if (close()) {
      owner.failed(failure, detail);
    }
  }

  @Override
  public void onHeader(FlvHeader header) {
    owner.header(header);
  }

  @Override
  public void onRestart(FlvHeader header, long position) {
    if (!over) {
      owner.restarted(header);
    }
  }

  @Override
  public void onProblem(FlvProblem problem) {
    if (!over && sawTag && problem.kind() == FlvProblem.Kind.GARBAGE) {
      owner.framingLost(problem.message());
    }
  }

  @Override
  public void onTag(FlvTag tag) {
    tagsEnd = tag.position() + FlvWriter.tagBytes(tag.bodyBytes());
    if (over || !TagType.isKnown(tag.type())) {
      return;
    }
    lastTagNanos = loop.nanoTime();
    if (!sawTag) {
      sawTag = true;
      lastFlowNanos = lastTagNanos;
      if (deadline != null) {
        deadline.cancel();
      }
      deadline = after(config.stallTimeout(), this::checkStall);
    }
    owner.tag(tag);
    if (owner.isFlowing()) {
      lastFlowNanos = lastTagNanos;
    }
  }
}
