package io.flvkit.examples.cli;

import io.flvkit.codec.FlvProblem;
import io.flvkit.codec.FlvReport;
import io.flvkit.codec.OnMetaData;
import io.flvkit.codec.amf.AmfValue;
import io.flvkit.codec.amf.AmfValue.Property;
import io.flvkit.edge.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Writes a report as the JSON object that programs read. What is not known is null. */
final class ReportJson {
  private final JsonWriter json = new JsonWriter();

  private ReportJson() {}

  /** One line, a complete object. */
  static String of(FlvReport report) {
    ReportJson writer = new ReportJson();
    writer.write(report);
    return writer.json.toString();
  }

  private void write(FlvReport report) {
    json.beginObject();
    header(report);
    metadata(report);
    json.name("tags")
        .beginObject()
        .field("audio", report.tags().audio())
        .field("video", report.tags().video())
        .field("script", report.tags().script())
        .field("other", report.tags().other())
        .endObject()
        .field("keyframes", report.keyframes());
    codecs(report);
    json.field("durationMillis", report.durationMillis())
        .field("bytes", report.bytes())
        .field("bitrateBps", report.bitrateBps())
        .field("videoFps", orNull(report.videoFps()));
    gop(report);
    problems(report);
    json.endObject();
  }

  private void header(FlvReport report) {
    json.name("header");
    report
        .header()
        .ifPresentOrElse(
            header ->
                json.beginObject()
                    .field("version", header.version())
                    .name("audio")
                    .value(header.hasAudio())
                    .name("video")
                    .value(header.hasVideo())
                    .endObject(),
            () -> json.value((String) null));
  }

  private void metadata(FlvReport report) {
    json.name("metadata");
    report
        .metadata()
        .map(OnMetaData::properties)
        .ifPresentOrElse(this::object, () -> json.value((String) null));
  }

  private void object(List<Property> properties) {
    json.beginObject();
    // JSON has no place for a name twice: the first one counts, as it does for players.
    properties.stream()
        .map(Property::name)
        .distinct()
        .forEach(
            name -> {
              json.name(name);
              value(
                  properties.stream()
                      .filter(property -> property.name().equals(name))
                      .findFirst()
                      .orElseThrow()
                      .value());
            });
    json.endObject();
  }

  private void value(AmfValue value) {
    switch (value.kind()) {
      case NUMBER -> json.value(number(((AmfValue.Num) value).number()));
      case BOOLEAN -> json.value(((AmfValue.Bool) value).flag());
      case STRING -> json.value(((AmfValue.Str) value).text());
      case XML -> json.value(((AmfValue.Xml) value).text());
      case OBJECT -> object(((AmfValue.Obj) value).properties());
      case STRICT_ARRAY -> {
        json.beginArray();
        ((AmfValue.StrictArray) value).elements().forEach(this::value);
        json.endArray();
      }
      case DATE -> json.value(date(((AmfValue.Date) value).epochMillis()));
      default -> json.value((String) null);
    }
  }

  private static String date(double epochMillis) {
    return Instant.ofEpochMilli((long) epochMillis).toString();
  }

  /** Whole numbers without a point: AMF has doubles only. */
  static Number number(double number) {
    long whole = (long) number;
    return whole == number ? (Number) whole : (Number) number;
  }

  private void codecs(FlvReport report) {
    json.name("codecs").beginArray();
    for (FlvReport.Codec codec : report.codecs()) {
      json.beginObject()
          .field("track", codec.isVideo() ? "video" : "audio")
          .field("id", codec.trackId())
          .field("codec", codec.name())
          .endObject();
    }
    json.endArray();
  }

  private void gop(FlvReport report) {
    json.name("gopMillis");
    report
        .gopMillis()
        .ifPresentOrElse(
            gop ->
                json.beginObject()
                    .field("min", gop.min())
                    .field("max", gop.max())
                    .field("mean", number(gop.mean()))
                    .endObject(),
            () -> json.value((String) null));
  }

  private void problems(FlvReport report) {
    json.name("problems").beginArray();
    for (FlvProblem problem : report.problems()) {
      json.beginObject()
          .field("severity", word(problem.severity()))
          .field("kind", word(problem.kind()))
          .field("offset", problem.position())
          .field("message", problem.message())
          .endObject();
    }
    json.endArray();
  }

  private static @Nullable Number orNull(OptionalDouble number) {
    return number.isPresent() ? number(number.getAsDouble()) : null;
  }

  /** The name of a constant as a word of the interface: {@code timestamp-back}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
