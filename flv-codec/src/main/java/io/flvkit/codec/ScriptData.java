package io.flvkit.codec;

import io.flvkit.codec.amf.Amf0Reader;
import io.flvkit.codec.amf.Amf0Writer;
import io.flvkit.codec.amf.AmfValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a script tag: a name and its values (E.4.4).
 *
 * <pre>{@code
 * ScriptData data = new ScriptData("onTextData", List.of(AmfValue.of("hello")));
 * FlvTag tag = FlvTag.of(TagType.SCRIPT, 40, data.toBody());
 * }</pre>
 *
 * @param name such as "onMetaData", "onCuePoint", "onTextData"; unknown names are fine
 * @param values normally one
 */
public record ScriptData(String name, List<AmfValue> values) {
  /** Name of the tag that describes the stream. */
  public static final String ON_META_DATA = "onMetaData";

  private static final String SET_DATA_FRAME = "@setDataFrame";

  /** Keeps an immutable copy. */
  public ScriptData {
    values = List.copyOf(values);
  }

  /**
   * Reads the body of a script tag. The "@setDataFrame" that some servers leave in front of the
   * name is dropped.
   *
   * @throws FlvFormatException if the tag is no script data, or its body is not AMF0; the position
   *     is that of the input of the parser
   */
  public static ScriptData parse(FlvTag tag, FlvLimits limits) {
    if (!tag.isScript()) {
      throw new FlvFormatException(
          tag.position(), "no script data but a tag of type " + tag.type());
    }
    ByteBuffer body = tag.body();
    if (tag.type() == TagType.SCRIPT_AMF3 && body.hasRemaining()) {
      body.get(); // format selector, 0
    }
    try {
      return parse(body, limits);
    } catch (FlvFormatException e) {
      int skipped = FlvTag.HEADER_BYTES + tag.bodyBytes() - body.remaining();
      throw new FlvFormatException(tag.position() + skipped + e.position(), e.reason());
    }
  }

  /**
   * Reads AMF0: a name, then values to the end. The position of {@code body} stays.
   *
   * @throws FlvFormatException if it is not AMF0; the position counts from that of {@code body}
   */
  public static ScriptData parse(ByteBuffer body, FlvLimits limits) {
    Amf0Reader reader = Amf0Reader.of(body, limits);
    String name = name(reader);
    if (name.equals(SET_DATA_FRAME) && reader.hasNext()) {
      name = name(reader);
    }
    List<AmfValue> values = new ArrayList<>();
    while (reader.hasNext()) {
      values.add(reader.next());
    }
    return new ScriptData(name, values);
  }

  /** Whether this is onMetaData with properties to look at. */
  public boolean isMetaData() {
    return name.equals(ON_META_DATA) && !values.isEmpty() && values.get(0) instanceof AmfValue.Obj;
  }

  /** The AMF0 body of a script tag (type 18), in a new buffer. */
  public ByteBuffer toBody() {
    Amf0Writer writer = new Amf0Writer().write(AmfValue.of(name));
    values.forEach(writer::write);
    return writer.toBuffer();
  }

  private static String name(Amf0Reader reader) {
    int at = reader.position();
    AmfValue name = reader.hasNext() ? reader.next() : AmfValue.Simple.UNDEFINED;
    if (name instanceof AmfValue.Str string) {
      return string.text();
    }
    throw new FlvFormatException(at, "script data without a name");
  }
}
