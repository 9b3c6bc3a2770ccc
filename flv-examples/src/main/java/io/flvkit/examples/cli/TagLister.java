package io.flvkit.examples.cli;

import io.flvkit.codec.CodecNames;
import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvTag;
import io.flvkit.edge.json.JsonWriter;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints each tag as it comes: one line of text, or one element of a JSON array. */
final class TagLister implements FlvHandler {
  private final PrintWriter out;
  private final boolean json;
  private boolean first = true;

  private TagLister(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** Lists tags if they are wanted. */
  static FlvHandler of(boolean wanted, boolean json, PrintWriter out) {
    return wanted ? new TagLister(out, json) : tag -> {};
  }

  @Override
  public void onTag(FlvTag tag) {
    if (json) {
      out.print(first ? "" : ",");
      out.print(element(tag));
      first = false;
    } else {
      out.println(line(tag));
    }
  }

  private static String element(FlvTag tag) {
    return new JsonWriter()
        .beginObject()
        .field("offset", tag.position())
        .field("type", tag.type())
        .field("timestampMillis", tag.timestampMillis())
        .field("bytes", tag.bodyBytes())
        .field("kind", kind(tag))
        .field("codec", codec(tag))
        .field("id", tag.trackId())
        .field("compositionMillis", tag.compositionMillis())
        .endObject()
        .toString();
  }

  private static String line(FlvTag tag) {
    return "%10d %10d ms %8d bytes  %-6s %-5s %s"
        .formatted(
            tag.position(),
            tag.timestampMillis(),
            tag.bodyBytes(),
            type(tag),
            codec(tag) == null ? "" : codec(tag),
            kind(tag));
  }

  private static String type(FlvTag tag) {
    return tag.isAudio() ? "audio" : tag.isVideo() ? "video" : tag.isScript() ? "script" : "other";
  }

  private static @Nullable String codec(FlvTag tag) {
    return tag.isAudio() || tag.isVideo() ? CodecNames.of(tag) : null;
  }

  private static String kind(FlvTag tag) {
    return tag.isKeyFrame()
        ? "keyframe"
        : tag.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
