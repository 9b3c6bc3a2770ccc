package io.flvkit.codec;

import io.flvkit.codec.FlvProblem.Kind;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Writes a copy of a file whose onMetaData tells duration, sizes and the keyframe index; repairs it
 * on the way if asked to. Reads the source twice, in constant memory. The first index entry is the
 * video sequence header, which players skip; of more than 65,536 key frames every second, fourth,
 * ... one is listed. Indexing what was indexed changes nothing.
 *
 * <pre>{@code
 * FlvIndexer.repairing(FlvLimits.defaults()).index(ByteSource.of(in), out);
 * }</pre>
 */
public final class FlvIndexer {
  private static final int MAX_REPAIRS = 1000;

  private final FlvLimits limits;
  private final boolean repairing;
  private final LongConsumer progress;

  private FlvIndexer(FlvLimits limits, boolean repairing, LongConsumer progress) {
    this.limits = limits;
    this.repairing = repairing;
    this.progress = progress;
  }

  /** An indexer for intact files; broken ones are a {@link FlvFormatException}. */
  public static FlvIndexer strict(FlvLimits limits) {
    return new FlvIndexer(limits, false, bytes -> {});
  }

  /**
   * An indexer that also mends structure and timestamps: garbage, broken and unknown tags are left
   * out, further headers swallowed, StreamIDs and reserved bits cleared, header flags set to what
   * there is, timestamps repaired as by {@link TimestampRepairer}.
   */
  public static FlvIndexer repairing(FlvLimits limits) {
    return new FlvIndexer(limits, true, bytes -> {});
  }

  /** The same, telling {@code progress} how many bytes have been read; the source is read twice. */
  public FlvIndexer withProgress(LongConsumer listener) {
    return new FlvIndexer(limits, repairing, listener);
  }

  /**
   * What was written.
   *
   * @param bytes length of the output
   * @param durationMillis as in the metadata
   * @param keyframes number of key frames in the file, be they listed or not
   * @param repairs what was mended, in the order of the input, at most 1000
   * @param repairsOmitted how many more there are
   */
  public record Result(
      long bytes,
      long durationMillis,
      long keyframes,
      List<FlvProblem> repairs,
      long repairsOmitted) {}

  /**
   * Reads {@code source} and writes the indexed copy to {@code target}, which stays open.
   *
   * @throws FlvFormatException if the source is broken and this indexer does not repair
   */
  public Result index(ByteSource source, WritableByteChannel target) throws IOException {
    ProblemList repairs = new ProblemList(MAX_REPAIRS);
    IndexPlan plan = new IndexPlan(limits);
    TimestampRepairer clock = TimestampRepairer.create(repairs::add);
    read(source, 0, plan, clock, repairs);
    long shift = 0;
    if (repairing && clock.wrapped()) {
      shift = -plan.firstMillis();
      repairs = new ProblemList(MAX_REPAIRS);
      plan = new IndexPlan(limits);
      read(source, 0, plan, TimestampRepairer.shifted(shift, repairs::add), repairs);
    }
    FlvHeader header = plan.header();
    if (repairing) {
      header = new FlvHeader(plan.hasAudio(), plan.hasVideo());
    }
    FlvOutput output = FlvOutput.to(target);
    write(source, output, header, plan, shift);
    output.flush();
    return new Result(
        output.position(),
        plan.durationMillis(),
        plan.keyframes(),
        repairs.kept(),
        repairs.omitted());
  }

  private void write(
      ByteSource source, FlvOutput output, FlvHeader header, IndexPlan plan, long shift)
      throws IOException {
    output.onHeader(header);
    output.onTag(FlvTag.of(TagType.SCRIPT, 0, plan.metadata(header).toBody()));
    IndexPlan replaced = new IndexPlan(limits);
    FlvHandler rest =
        tag -> {
          if (!replaced.isReplaced(tag)) {
            output.onTag(tag);
          }
        };
    ProblemList ignored = new ProblemList(1); // the first pass has told
    TimestampRepairer clock = TimestampRepairer.shifted(shift, ignored::add);
    read(source, source.bytes(), rest, clock, ignored);
  }

  private void read(
      ByteSource source,
      long progressBase,
      FlvHandler end,
      TimestampRepairer clock,
      ProblemList repairs)
      throws IOException {
    ReadableByteChannel channel =
        new SourceChannel(source, at -> progress.accept(progressBase + at));
    List<FlvStep> steps = new ArrayList<>();
    if (repairing) {
      steps.add(new RepairStep(limits, repairs::add));
      steps.add(clock);
    }
    FlvHandler first = FlvPipeline.to(new Mending(end, repairs), steps);
    FlvReader reader =
        repairing ? FlvReader.recovering(channel, limits) : FlvReader.of(channel, limits);
    reader.transferTo(first);
  }

  /** Hands everything on, and reads restarts and problems as things that were mended. */
  private record Mending(FlvHandler next, ProblemList repairs) implements FlvHandler {
    @Override
    public void onHeader(FlvHeader header) {
      next.onHeader(header);
    }

    @Override
    public void onTag(FlvTag tag) {
      next.onTag(tag);
    }

    @Override
    public void onRestart(FlvHeader header, long position) {
      repairs.add(FlvProblem.warning(Kind.RESTART, position, "swallowed a further header"));
    }

    @Override
    public void onProblem(FlvProblem problem) {
      repairs.add(problem);
    }
  }
}
