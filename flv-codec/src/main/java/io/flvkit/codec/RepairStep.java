package io.flvkit.codec;

import io.flvkit.codec.FlvProblem.Kind;
import java.util.function.Consumer;

/** Drops tags that players stumble over and clears bits that must not be set. */
final class RepairStep implements FlvStep {
  private final FlvLimits limits;
  private final Consumer<FlvProblem> repairs;
  private final Retag retag = new Retag();

  RepairStep(FlvLimits limits, Consumer<FlvProblem> repairs) {
    this.limits = limits;
    this.repairs = repairs;
  }

  @Override
  public void tag(FlvTag tag, FlvHandler next) {
    if (tag.isScript()) {
      if (!isReadable(tag)) {
        return;
      }
    } else if (!TagType.isKnown(tag.type())) {
      drop(Kind.UNKNOWN_TYPE, tag, "tag of type " + tag.type());
      return;
    } else if (tag.isVideo() && tag.kind() == PacketKind.EMPTY) {
      drop(Kind.MEDIA_HEADER, tag, "empty video tag");
      return;
    } else if (tag.kind() == PacketKind.UNKNOWN && !tag.isEnhanced()) {
      drop(Kind.MEDIA_HEADER, tag, "tag with a header that is cut short");
      return;
    }
    boolean clean = tag.reservedBits() == 0 && tag.streamId() == 0;
    next.onTag(clean ? tag : retag.clean(tag, tag.timestampMillis()));
  }

  private boolean isReadable(FlvTag tag) {
    try {
      ScriptData.parse(tag, limits);
      return true;
    } catch (FlvFormatException e) {
      drop(Kind.SCRIPT_DATA, tag, "script data: " + e.reason());
      return false;
    }
  }

  private void drop(Kind kind, FlvTag tag, String what) {
    repairs.accept(FlvProblem.warning(kind, tag.position(), "dropped " + what));
  }
}
