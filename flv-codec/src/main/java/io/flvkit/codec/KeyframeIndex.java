package io.flvkit.codec;

import io.flvkit.codec.amf.AmfValue;
import io.flvkit.codec.amf.AmfValue.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The "keyframes" property of onMetaData: where playback can begin. Some writers put the sequence
 * header first, at time 0; players skip that entry.
 *
 * @param entries in the order of the file
 */
public record KeyframeIndex(List<Entry> entries) {
  /** Name of the property of onMetaData. */
  public static final String PROPERTY = "keyframes";

  /**
   * One place to begin.
   *
   * @param position of the tag's first byte in the file
   * @param timestampMillis of the tag
   */
  public record Entry(long position, long timestampMillis) {}

  /** Keeps an immutable copy. */
  public KeyframeIndex {
    entries = List.copyOf(entries);
  }

  /** The index in {@code metadata}; empty if it has none, or one with unequal or odd arrays. */
  public static Optional<KeyframeIndex> of(OnMetaData metadata) {
    if (!(metadata.get(PROPERTY).orElse(AmfValue.Simple.NULL) instanceof AmfValue.Obj object)
        || !(object.get("filepositions") instanceof AmfValue.StrictArray positions)
        || !(object.get("times") instanceof AmfValue.StrictArray times)
        || positions.elements().size() != times.elements().size()) {
      return Optional.empty();
    }
    List<Entry> entries = new ArrayList<>(positions.elements().size());
    for (int i = 0; i < positions.elements().size(); i++) {
      if (!(positions.elements().get(i) instanceof AmfValue.Num position)
          || !(times.elements().get(i) instanceof AmfValue.Num seconds)) {
        return Optional.empty();
      }
      entries.add(new Entry((long) position.number(), Math.round(seconds.number() * 1000)));
    }
    return Optional.of(new KeyframeIndex(entries));
  }

  /** The value of the property: an object of two strict arrays of numbers. */
  public AmfValue toAmf() {
    List<AmfValue> positions = new ArrayList<>(entries.size());
    List<AmfValue> times = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      positions.add(AmfValue.of((double) entry.position()));
      times.add(AmfValue.of(entry.timestampMillis() / 1000.0));
    }
    return AmfValue.Obj.object(
        List.of(
            new Property("filepositions", new AmfValue.StrictArray(positions)),
            new Property("times", new AmfValue.StrictArray(times))));
  }
}
