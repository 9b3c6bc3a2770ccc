package io.flvkit.codec.amf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes AMF0 values, one after the other, into a buffer that grows. ECMA arrays get their exact
 * count and every object its end marker, which is what players rely on. Confined to one thread.
 *
 * <pre>{@code
 * ByteBuffer bytes = new Amf0Writer().write(AmfValue.of("name")).write(AmfValue.of(1)).toBuffer();
 * }</pre>
 */
public final class Amf0Writer {
  private static final int MAX_SHORT_BYTES = 0xFFFF;

  private ByteBuffer out = ByteBuffer.allocate(512);

  /** An empty writer. */
  public Amf0Writer() {}

  /** Writes one value. */
  public Amf0Writer write(AmfValue value) {
    switch (value.kind()) {
      case NUMBER -> room(9, Marker.NUMBER).putDouble(((AmfValue.Num) value).number());
      case BOOLEAN -> room(2, Marker.BOOLEAN).put((byte) (((AmfValue.Bool) value).flag() ? 1 : 0));
      case STRING -> string(((AmfValue.Str) value).text());
      case OBJECT -> object((AmfValue.Obj) value);
      case STRICT_ARRAY -> strictArray((AmfValue.StrictArray) value);
      case DATE -> date((AmfValue.Date) value);
      case XML -> longText(Marker.XML, utf8(((AmfValue.Xml) value).text()));
      case REFERENCE -> room(3, Marker.REFERENCE).putShort(index((AmfValue.Reference) value));
      case AMF3 -> bytes(Marker.AVM_PLUS, ((AmfValue.Amf3) value).bytes());
      case NULL -> room(1, Marker.NULL);
      case UNDEFINED -> room(1, Marker.UNDEFINED);
      case UNSUPPORTED -> room(1, Marker.UNSUPPORTED);
    }
    return this;
  }

  /** Bytes written so far. */
  public int bytes() {
    return out.position();
  }

  /** What was written, from position to limit of a new view. */
  public ByteBuffer toBuffer() {
    return out.duplicate().flip();
  }

  private void string(String text) {
    byte[] utf8 = utf8(text);
    if (utf8.length > MAX_SHORT_BYTES) {
      longText(Marker.LONG_STRING, utf8);
    } else {
      room(3 + utf8.length, Marker.STRING).putShort((short) utf8.length).put(utf8);
    }
  }

  private void object(AmfValue.Obj object) {
    switch (object.form()) {
      case OBJECT -> room(1, Marker.OBJECT);
      case ECMA_ARRAY -> room(5, Marker.ECMA_ARRAY).putInt(object.properties().size());
      case TYPED_OBJECT -> {
        room(1, Marker.TYPED_OBJECT);
        name(object.className());
      }
    }
    for (AmfValue.Property property : object.properties()) {
      name(property.name());
      write(property.value());
    }
    room(3).put((byte) 0).put((byte) 0).put((byte) Marker.OBJECT_END);
  }

  private void strictArray(AmfValue.StrictArray array) {
    room(5, Marker.STRICT_ARRAY).putInt(array.elements().size());
    array.elements().forEach(this::write);
  }

  private void date(AmfValue.Date date) {
    room(11, Marker.DATE).putDouble(date.epochMillis()).putShort((short) date.zoneMinutes());
  }

  private void name(String name) {
    byte[] utf8 = utf8(name);
    if (utf8.length > MAX_SHORT_BYTES) {
      throw new IllegalArgumentException("a name of " + utf8.length + " bytes");
    }
    room(2 + utf8.length).putShort((short) utf8.length).put(utf8);
  }

  private void longText(int marker, byte[] utf8) {
    room(5 + utf8.length, marker).putInt(utf8.length).put(utf8);
  }

  private void bytes(int marker, byte[] bytes) {
    room(1 + bytes.length, marker).put(bytes);
  }

  private static short index(AmfValue.Reference reference) {
    return (short) reference.index();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private ByteBuffer room(int bytes, int marker) {
    return room(bytes).put((byte) marker);
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      int capacity = Math.max(Math.addExact(out.position(), bytes), out.capacity() * 2);
      out = ByteBuffer.allocate(capacity).put(out.flip());
    }
    return out;
  }
}
