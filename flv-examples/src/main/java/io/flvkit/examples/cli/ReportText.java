package io.flvkit.examples.cli;

import io.flvkit.codec.FlvProblem;
import io.flvkit.codec.FlvReport;
import io.flvkit.codec.OnMetaData;
import io.flvkit.codec.amf.AmfValue;
import io.flvkit.codec.config.AudioConfig;
import io.flvkit.codec.config.DecoderConfig;
import io.flvkit.codec.config.VideoConfig;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a report as a table for people. */
final class ReportText {
  private final StringBuilder text = new StringBuilder();

  private ReportText() {}

  static String of(String source, FlvReport report) {
    ReportText writer = new ReportText();
    writer.text.append(source);
    writer.write(report);
    return writer.text.toString();
  }

  private void write(FlvReport report) {
    row(
        "header",
        report
            .header()
            .map(
                it ->
                    "version %d, audio %s, video %s"
                        .formatted(it.version(), yes(it.hasAudio()), yes(it.hasVideo())))
            .orElse("none"));
    row("duration", "%.3f s".formatted(report.durationMillis() / 1e3));
    row("size", "%,d bytes".formatted(report.bytes()));
    row("bitrate", "%,d kbit/s".formatted(Math.round(report.bitrateBps() / 1e3)));
    report.codecs().forEach(this::codec);
    row(
        "tags",
        "%d audio, %d video, %d script, %d other"
            .formatted(
                report.tags().audio(),
                report.tags().video(),
                report.tags().script(),
                report.tags().other()));
    row("keyframes", String.valueOf(report.keyframes()));
    report
        .gopMillis()
        .ifPresent(
            gop ->
                row("GOP", "%.0f ms, from %d to %d".formatted(gop.mean(), gop.min(), gop.max())));
    report.videoFps().ifPresent(fps -> row("fps", "%.2f".formatted(fps)));
    row("metadata", report.metadata().map(ReportText::metadata).orElse("none"));
    problems(report);
  }

  private void codec(FlvReport.Codec codec) {
    String details = codec.config().map(ReportText::details).orElse("");
    row((codec.isVideo() ? "video " : "audio ") + codec.trackId(), codec.name() + details);
  }

  private static String details(DecoderConfig config) {
    if (config instanceof VideoConfig video) {
      return ", %d x %d, profile %d, level %d"
          .formatted(video.width(), video.height(), video.profile(), video.level());
    }
    AudioConfig audio = (AudioConfig) config;
    return ", %d Hz, %d channels".formatted(audio.sampleRate(), audio.channels());
  }

  private static String metadata(OnMetaData metadata) {
    return metadata.properties().stream()
        .map(property -> property.name() + "=" + value(property.value()))
        .collect(Collectors.joining(" "));
  }

  private static String value(AmfValue value) {
    return switch (value.kind()) {
      case NUMBER -> String.valueOf(ReportJson.number(((AmfValue.Num) value).number()));
      case BOOLEAN -> String.valueOf(((AmfValue.Bool) value).flag());
      case STRING -> printable(((AmfValue.Str) value).text());
      case OBJECT -> "{" + ((AmfValue.Obj) value).properties().size() + "}";
      case STRICT_ARRAY -> "[" + ((AmfValue.StrictArray) value).elements().size() + "]";
      default -> value.kind().name().toLowerCase(Locale.ROOT);
    };
  }

  /** Text of a stranger must not move the cursor of a terminal. */
  private static String printable(String text) {
    return "'" + text.replaceAll("\\p{Cntrl}", "?") + "'";
  }

  private void problems(FlvReport report) {
    row("problems", report.problems().isEmpty() ? "none" : "");
    for (FlvProblem problem : report.problems()) {
      text.append(
          "%n  %-7s at %d: %s (%s)"
              .formatted(
                  ReportJson.word(problem.severity()),
                  problem.position(),
                  problem.message(),
                  ReportJson.word(problem.kind())));
    }
    if (report.problemsOmitted() > 0) {
      text.append("%n  and %d more".formatted(report.problemsOmitted()));
    }
  }

  private void row(String name, String value) {
    text.append("%n%-10s %s".formatted(name, value));
  }

  private static String yes(boolean truth) {
    return truth ? "yes" : "no";
  }
}
