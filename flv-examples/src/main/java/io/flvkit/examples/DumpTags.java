package io.flvkit.examples;

import io.flvkit.codec.CodecNames;
import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvReader;
import io.flvkit.codec.FlvTag;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Prints one line for each tag of a file: {@code DumpTags FILE}. */
public final class DumpTags {
  private DumpTags() {}

  /** Prints the tags of the file named first. */
  public static void main(String[] args) throws IOException {
    dump(Path.of(args[0]), new PrintStream(System.out, false, StandardCharsets.UTF_8));
  }

  static void dump(Path file, PrintStream out) throws IOException {
    try (FlvReader reader = FlvReader.of(FileChannel.open(file), FlvLimits.defaults())) {
      reader.transferTo(
          new FlvHandler() {
            @Override
            public void onHeader(FlvHeader header) {
              out.printf("header audio=%b video=%b%n", header.hasAudio(), header.hasVideo());
            }

            @Override
            public void onTag(FlvTag tag) {
              out.println(line(tag));
            }
          });
    }
    out.flush();
  }

  private static String line(FlvTag tag) {
    String codec = tag.isAudio() || tag.isVideo() ? CodecNames.of(tag) : "";
    return "%8d %6d ms %6d bytes %s %s%s"
        .formatted(
            tag.position(),
            tag.timestampMillis(),
            tag.bodyBytes(),
            codec,
            tag.kind(),
            tag.isKeyFrame() ? " KEY" : "");
  }
}
