package io.flvkit.examples.cli;

import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvInspector;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvProblem;
import io.flvkit.codec.FlvReport;
import io.flvkit.codec.FlvTag;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/** Inspects an input to its end, or until a time of media has passed. */
final class Inspection implements FlvHandler {
  /** Bytes looked at between two looks at the media time: a frame or less. */
  private static final int STEP_BYTES = 1 << 10;

  private final FlvInspector inspector = FlvInspector.observed(FlvLimits.defaults(), this);
  private final FlvHandler observer;
  private final OptionalLong limitMillis;
  private long firstMillis = -1;
  private long lastTagEnd;
  private boolean over;

  /**
   * @param observer sees every tag that is inspected
   * @param limitMillis of media to inspect; empty: all
   */
  Inspection(FlvHandler observer, OptionalLong limitMillis) {
    this.observer = observer;
    this.limitMillis = limitMillis;
  }

  FlvReport run(MediaInput input, Progress progress) {
    long bytes = 0;
    ByteBuffer chunk = input.read();
    while (chunk.hasRemaining() && !over) {
      bytes += chunk.remaining();
      parse(chunk);
      progress.to(bytes);
      chunk = input.read();
    }
    inspector.end();
    progress.end();
    return over ? withoutTornEnd(inspector.report()) : inspector.report();
  }

  private void parse(ByteBuffer chunk) {
    int stepBytes = limitMillis.isPresent() ? STEP_BYTES : chunk.remaining();
    while (chunk.hasRemaining() && !over) {
      int step = Math.min(stepBytes, chunk.remaining());
      inspector.parse(chunk.slice(chunk.position(), step));
      chunk.position(chunk.position() + step);
    }
  }

  @Override
  public void onTag(FlvTag tag) {
    observer.onTag(tag);
    lastTagEnd = tag.position() + FlvTag.HEADER_BYTES + tag.bodyBytes();
    if (limitMillis.isPresent() && tag.isCodedMedia()) {
      firstMillis = firstMillis < 0 ? tag.timestampMillis() : firstMillis;
      over = tag.timestampMillis() - firstMillis >= limitMillis.getAsLong();
    }
  }

  /** That the input ends in the middle of a tag is our doing, not a problem of the stream. */
  private FlvReport withoutTornEnd(FlvReport report) {
    List<FlvProblem> problems =
        report.problems().stream()
            .filter(
                problem ->
                    problem.kind() != FlvProblem.Kind.TRUNCATED || problem.position() < lastTagEnd)
            .toList();
    return new FlvReport(
        report.header(),
        report.metadata(),
        report.tags(),
        report.keyframes(),
        report.codecs(),
        report.durationMillis(),
        report.bytes(),
        report.bitrateBps(),
        report.videoFps(),
        report.gopMillis(),
        problems,
        report.problemsOmitted());
  }
}
