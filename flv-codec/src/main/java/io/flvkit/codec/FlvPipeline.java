package io.flvkit.codec;

import java.util.List;

/**
 * Steps in a row with a handler at their end; itself a handler, to stand behind a parser.
 *
 * <pre>{@code
 * FlvHandler audio = FlvPipeline.to(output, FlvSteps.audioOnly());
 * FlvReader.of(input, FlvLimits.defaults()).transferTo(audio);
 * }</pre>
 */
public final class FlvPipeline {
  private FlvPipeline() {}

  /** A handler that leads through {@code steps}, the first one first, to {@code end}. */
  public static FlvHandler to(FlvHandler end, FlvStep... steps) {
    return to(end, List.of(steps));
  }

  /** A handler that leads through {@code steps}, the first one first, to {@code end}. */
  public static FlvHandler to(FlvHandler end, List<FlvStep> steps) {
    FlvHandler next = end;
    for (int i = steps.size() - 1; i >= 0; i--) {
      next = new Stage(steps.get(i), next);
    }
    return next;
  }

  private record Stage(FlvStep step, FlvHandler next) implements FlvHandler {
    @Override
    public void onHeader(FlvHeader header) {
      next.onHeader(step.header(header));
    }

    @Override
    public void onTag(FlvTag tag) {
      step.tag(tag, next);
    }

    @Override
    public void onRestart(FlvHeader header, long position) {
      step.restart();
      next.onRestart(step.header(header), position);
    }

    @Override
    public void onProblem(FlvProblem problem) {
      next.onProblem(problem);
    }
  }
}
