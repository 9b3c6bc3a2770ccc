package io.flvkit.codec;

import io.flvkit.codec.FlvProblem.Kind;
import java.util.function.Consumer;

/**
 * A step that repairs timestamps and acts at discontinuities only: tags of a good stream pass bit
 * for bit. Per track, a step back of less than a second is clamped; a step of a second or more
 * either way, a wrap at 2^24, 2^31 or 2^32, or a restart shifts all tracks together, so that audio
 * and video stay in step. A pause of one track while another goes on is no discontinuity. What it
 * writes stays below 2^31, which is what players read; a live stream that gets there begins at 0
 * again.
 *
 * <pre>{@code
 * TimestampRepairer clock = TimestampRepairer.create(System.out::println);
 * reader.transferTo(FlvPipeline.to(output, clock));
 * }</pre>
 */
public final class TimestampRepairer implements FlvStep {
  private final Consumer<FlvProblem> repairs;
  private final TimestampMapper mapper = new TimestampMapper();
  private final Retag retag = new Retag();

  private TimestampRepairer(Consumer<FlvProblem> repairs) {
    this.repairs = repairs;
  }

  /** A repairer that tells {@code repairs} what it mends, before the tag is passed on. */
  public static TimestampRepairer create(Consumer<FlvProblem> repairs) {
    return new TimestampRepairer(repairs);
  }

  /** A repairer that adds {@code shiftMillis} from the beginning, negative to move down. */
  public static TimestampRepairer shifted(long shiftMillis, Consumer<FlvProblem> repairs) {
    TimestampRepairer repairer = create(repairs);
    repairer.mapper.startWith(shiftMillis);
    return repairer;
  }

  @Override
  public void tag(FlvTag tag, FlvHandler next) {
    long from = tag.timestampMillis();
    int track = tag.type() << 8 | (tag.isScript() ? 0 : tag.trackId());
    long to = tag.isCodedMedia() ? mapper.map(track, from) : mapper.place(track, from);
    report(tag, from, to);
    next.onTag(from == to ? tag : retag.at(tag, to));
  }

  @Override
  public void restart() {
    mapper.restart();
  }

  /** Whether the stream passed 2^31 and began at 0 again. */
  boolean wrapped() {
    return mapper.rebasedBy() != 0;
  }

  private void report(FlvTag tag, long from, long to) {
    Kind kind =
        switch (mapper.change()) {
          case NONE -> null;
          case CLAMPED -> Kind.TIMESTAMP_BACK;
          case SHIFTED -> Kind.TIMESTAMP_JUMP;
          case REBASED -> Kind.TIMESTAMP_WRAP;
        };
    if (kind != null) {
      String what = "timestamp " + from + " ms becomes " + to + " ms";
      repairs.accept(FlvProblem.warning(kind, tag.position(), what));
    }
  }
}
