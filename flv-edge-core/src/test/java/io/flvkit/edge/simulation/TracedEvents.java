package io.flvkit.edge.simulation;

import io.flvkit.edge.live.LiveEvents;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says what happens to streams. */
final class TracedEvents implements LiveEvents {
  private final Consumer<String> trace;
  private final Consumer<String> onEnd;

  TracedEvents(Consumer<String> trace, Consumer<String> onEnd) {
    this.trace = trace;
    this.onEnd = onEnd;
  }

  @Override
  public void ended(String stream) {
    trace.accept(stream + " is over");
    onEnd.accept(stream);
  }

  @Override
  public void originServes(String origin) {
    trace.accept(origin + " serves");
  }

  @Override
  public void originFailed(String stream, String origin, String reason, String detail) {
    trace.accept(stream + ": " + origin + " failed: " + reason + ", " + detail);
  }

  @Override
  public void framingLost(String stream, @Nullable String origin, String detail) {
    trace.accept(stream + ": framing lost: " + detail);
  }

  @Override
  public void timestampFault(String stream, String kind) {
    trace.accept(stream + ": " + kind);
  }
}
