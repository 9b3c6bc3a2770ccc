package io.flvkit.codec.fuzz;

import static io.flvkit.codec.fuzz.ParserFuzz.require;

import io.flvkit.codec.FlvFormatException;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.KeyframeIndex;
import io.flvkit.codec.OnMetaData;
import io.flvkit.codec.ScriptData;
import java.nio.ByteBuffer;

/** Script data: what is read is written and read again as the same. */
public final class ScriptFuzz {
  private ScriptFuzz() {}

  /** Entry point of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    CpuBound.check(() -> run(data));
  }

  private static void run(byte[] data) {
    ScriptData script;
    try {
      script = ScriptData.parse(ByteBuffer.wrap(data), FlvLimits.live());
    } catch (FlvFormatException e) {
      require(e.position() >= 0 && e.position() <= data.length, "position");
      return;
    }
    if (!script.name().equals("@setDataFrame")) {
      writeAndRead(script);
    }
    OnMetaData.of(script)
        .ifPresent(
            metadata -> {
              KeyframeIndex.of(metadata)
                  .ifPresent(index -> require(index.toAmf() != null, "index"));
              writeAndRead(metadata.withTracks(true, false).forLive().toScriptData());
            });
  }

  /** Texts in a longer form than they need allow for more memory when they are read first. */
  private static void writeAndRead(ScriptData script) {
    try {
      ScriptData again = ScriptData.parse(script.toBody(), FlvLimits.defaults());
      require(again.toBody().equals(script.toBody()), "written and read");
    } catch (FlvFormatException e) {
      require(e.reason().contains("memory"), e.reason());
    }
  }
}
