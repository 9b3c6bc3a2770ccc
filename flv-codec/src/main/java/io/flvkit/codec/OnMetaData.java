package io.flvkit.codec;

import io.flvkit.codec.amf.AmfValue;
import io.flvkit.codec.amf.AmfValue.Property;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Typed view of onMetaData. Immutable; every change gives a new one. Unknown properties, their
 * order and duplicates are kept.
 *
 * <pre>{@code
 * OnMetaData metadata = OnMetaData.of(tag, FlvLimits.defaults()).orElse(OnMetaData.empty());
 * ByteBuffer body = metadata.withTracks(true, false).forLive().toBody();
 * }</pre>
 *
 * @param properties in the order of the stream
 */
public record OnMetaData(List<Property> properties) {
  private static final Set<String> AUDIO_FIELDS =
      Set.of(
          "audiocodecid",
          "audiodatarate",
          "audiodelay",
          "audiosamplerate",
          "audiosamplesize",
          "audiosize",
          "stereo",
          "audiochannels",
          "audioTrackIdInfoMap");
  private static final Set<String> VIDEO_FIELDS =
      Set.of(
          "videocodecid",
          "videodatarate",
          "width",
          "height",
          "framerate",
          "fps",
          "videosize",
          "displayWidth",
          "displayHeight",
          "hasKeyframes",
          "keyframes",
          "lastkeyframetimestamp",
          "lastkeyframelocation",
          "videoTrackIdInfoMap",
          "avcprofile",
          "avclevel",
          "profile",
          "level");
  private static final Set<String> LAYOUT_FIELDS =
      Set.of(
          "filesize",
          "datasize",
          "audiosize",
          "videosize",
          "keyframes",
          "hasKeyframes",
          "lastkeyframetimestamp",
          "lastkeyframelocation",
          "configurations",
          "totalframes");
  private static final Set<String> FILE_FIELDS =
      Set.of(
          "duration",
          "filesize",
          "datasize",
          "audiosize",
          "videosize",
          "keyframes",
          "hasKeyframes",
          "canSeekToEnd",
          "lasttimestamp",
          "lastkeyframetimestamp",
          "lastkeyframelocation",
          "totalframes",
          "configurations");

  /** Keeps an immutable copy. */
  public OnMetaData {
    properties = List.copyOf(properties);
  }

  /** Metadata without properties. */
  public static OnMetaData empty() {
    return new OnMetaData(List.of());
  }

  /** The metadata in {@code script}, if it is onMetaData with an object or ECMA array. */
  public static Optional<OnMetaData> of(ScriptData script) {
    if (!script.isMetaData()) {
      return Optional.empty();
    }
    return Optional.of(new OnMetaData(((AmfValue.Obj) script.values().get(0)).properties()));
  }

  /** The metadata in {@code tag}; empty if it is another tag or broken. */
  public static Optional<OnMetaData> of(FlvTag tag, FlvLimits limits) {
    if (!tag.isScript()) {
      return Optional.empty();
    }
    try {
      return of(ScriptData.parse(tag, limits));
    } catch (FlvFormatException e) {
      return Optional.empty();
    }
  }

  /** The first value of that name. */
  public Optional<AmfValue> get(String name) {
    return properties.stream().filter(p -> p.name().equals(name)).findFirst().map(Property::value);
  }

  /** The first value of that name as a number; empty if it is none. */
  public OptionalDouble number(String name) {
    return get(name).orElse(AmfValue.Simple.UNDEFINED) instanceof AmfValue.Num value
        ? OptionalDouble.of(value.number())
        : OptionalDouble.empty();
  }

  /** The first value of that name as text; empty if it is none. */
  public Optional<String> text(String name) {
    return get(name).orElse(AmfValue.Simple.UNDEFINED) instanceof AmfValue.Str value
        ? Optional.of(value.text())
        : Optional.empty();
  }

  /** Duration in seconds. */
  public OptionalDouble durationSeconds() {
    return number("duration");
  }

  /** Picture width in pixels. */
  public OptionalDouble width() {
    return number("width");
  }

  /** Picture height in pixels. */
  public OptionalDouble height() {
    return number("height");
  }

  /** Frames per second. */
  public OptionalDouble frameRate() {
    return number("framerate");
  }

  /** With {@code value} in the place of the first property of that name, or added at the end. */
  public OnMetaData with(String name, AmfValue value) {
    List<Property> changed = new ArrayList<>(properties);
    int at = 0;
    while (at < changed.size() && !changed.get(at).name().equals(name)) {
      at++;
    }
    if (at == changed.size()) {
      changed.add(new Property(name, value));
    } else {
      changed.set(at, new Property(name, value));
    }
    return new OnMetaData(changed);
  }

  /** Without the properties of those names. */
  public OnMetaData without(Set<String> names) {
    return new OnMetaData(properties.stream().filter(p -> !names.contains(p.name())).toList());
  }

  /** What is true of a live stream: without duration, sizes and index. */
  public OnMetaData forLive() {
    return without(FILE_FIELDS);
  }

  /** What stays true when tags are added or dropped: without sizes, positions and index. */
  public OnMetaData withoutLayout() {
    return without(LAYOUT_FIELDS);
  }

  /**
   * What is true with only these tracks: the fields of a missing track dropped, hasAudio and
   * hasVideo set (players believe them more than the header flags).
   */
  public OnMetaData withTracks(boolean hasAudio, boolean hasVideo) {
    OnMetaData audible = hasAudio ? this : without(AUDIO_FIELDS);
    OnMetaData visible = hasVideo ? audible : audible.without(VIDEO_FIELDS);
    return visible.with("hasAudio", AmfValue.of(hasAudio)).with("hasVideo", AmfValue.of(hasVideo));
  }

  /** As script data, an ECMA array with the exact count: the form every player reads. */
  public ScriptData toScriptData() {
    return new ScriptData(ScriptData.ON_META_DATA, List.of(AmfValue.Obj.ecmaArray(properties)));
  }

  /** The body of an onMetaData tag, in a new buffer. */
  public ByteBuffer toBody() {
    return toScriptData().toBody();
  }
}
