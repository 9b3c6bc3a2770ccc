package io.flvkit.codec.amf;

import io.flvkit.codec.FlvFormatException;
import io.flvkit.codec.FlvLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads the AMF0 values of one message (Adobe AMF0; FLV E.4.4). Positions in exceptions count from
 * where the reader began. Tolerates what muxers in the field write: a wrong ECMA array count, and
 * named values that end with the message instead of the end marker. Confined to one thread.
 */
public final class Amf0Reader {
  private final ByteBuffer in;
  private final FlvLimits limits;
  private final int start;
  private int valuesLeft;

  private Amf0Reader(ByteBuffer source, FlvLimits limits) {
    this.in = source.duplicate().order(ByteOrder.BIG_ENDIAN);
    this.limits = limits;
    this.start = source.position();
    this.valuesLeft = limits.maxAmfValues();
  }

  /** A reader of the remaining bytes of {@code source}, whose position stays. */
  public static Amf0Reader of(ByteBuffer source, FlvLimits limits) {
    return new Amf0Reader(source, limits);
  }

  /** Whether another value begins here. */
  public boolean hasNext() {
    return in.hasRemaining();
  }

  /** Bytes read so far. */
  public int position() {
    return in.position() - start;
  }

  /**
   * Reads one value.
   *
   * @throws FlvFormatException if it is not AMF0, ends early, or exceeds a limit
   */
  public AmfValue next() {
    return value(1);
  }

  private AmfValue value(int depth) {
    if (depth > limits.maxAmfDepth()) {
      throw broken("nested deeper than " + limits.maxAmfDepth());
    }
    if (--valuesLeft < 0) {
      throw broken("more than " + limits.maxAmfValues() + " values");
    }
    need(1);
    int marker = in.get() & 0xFF;
    return switch (marker) {
      case Marker.NUMBER -> new AmfValue.Num(float64());
      case Marker.BOOLEAN -> AmfValue.of(uint8() != 0);
      case Marker.STRING -> new AmfValue.Str(text(uint16()));
      case Marker.LONG_STRING -> new AmfValue.Str(text(uint32()));
      case Marker.XML -> new AmfValue.Xml(text(uint32()));
      case Marker.OBJECT -> new AmfValue.Obj(AmfValue.Obj.Form.OBJECT, "", properties(depth));
      case Marker.ECMA_ARRAY -> ecmaArray(depth);
      case Marker.TYPED_OBJECT -> typedObject(depth);
      case Marker.STRICT_ARRAY -> strictArray(depth);
      case Marker.NULL -> AmfValue.Simple.NULL;
      case Marker.UNDEFINED -> AmfValue.Simple.UNDEFINED;
      case Marker.UNSUPPORTED -> AmfValue.Simple.UNSUPPORTED;
      case Marker.REFERENCE -> new AmfValue.Reference(uint16());
      case Marker.DATE -> new AmfValue.Date(float64(), (short) uint16());
      case Marker.AVM_PLUS -> amf3(depth);
      default -> throw broken("value of unknown type " + marker);
    };
  }

  private AmfValue ecmaArray(int depth) {
    uint32(); // a hint that is often wrong; the end marker counts
    return new AmfValue.Obj(AmfValue.Obj.Form.ECMA_ARRAY, "", properties(depth));
  }

  private AmfValue typedObject(int depth) {
    String className = text(uint16());
    return new AmfValue.Obj(AmfValue.Obj.Form.TYPED_OBJECT, className, properties(depth));
  }

  private List<AmfValue.Property> properties(int depth) {
    List<AmfValue.Property> properties = new ArrayList<>();
    while (in.hasRemaining()) {
      int nameBytes = uint16();
      if (nameBytes == 0 && in.hasRemaining() && in.get(in.position()) == Marker.OBJECT_END) {
        in.get();
        break;
      }
      String name = text(nameBytes);
      properties.add(new AmfValue.Property(name, value(depth + 1)));
    }
    return properties;
  }

  private AmfValue strictArray(int depth) {
    long count = uint32();
    if (count > in.remaining()) {
      throw broken("array of " + count + " values in " + in.remaining() + " bytes");
    }
    AmfValue[] elements = new AmfValue[(int) count];
    for (int i = 0; i < count; i++) {
      elements[i] = value(depth + 1);
    }
    return new AmfValue.StrictArray(Arrays.asList(elements));
  }

  /** AMF3 has no length: where its end cannot be found, it takes what is left. */
  private AmfValue amf3(int depth) {
    int from = in.position();
    try {
      new Amf3Skipper(in, limits.maxAmfDepth() - depth, valuesLeft).skip();
    } catch (FlvFormatException e) {
      in.position(in.limit());
    }
    byte[] bytes = new byte[in.position() - from];
    in.get(from, bytes);
    return new AmfValue.Amf3(HexFormat.of().formatHex(bytes));
  }

  private double float64() {
    need(8);
    return in.getDouble();
  }

  private int uint8() {
    need(1);
    return in.get() & 0xFF;
  }

  private int uint16() {
    need(2);
    return in.getShort() & 0xFFFF;
  }

  private long uint32() {
    need(4);
    return in.getInt() & 0xFFFF_FFFFL;
  }

  private String text(long bytes) {
    need(bytes);
    byte[] utf8 = new byte[(int) bytes];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private void need(long bytes) {
    if (in.remaining() < bytes) {
      throw broken("script data ends within a value of " + bytes + " bytes");
    }
  }

  private FlvFormatException broken(String message) {
    return new FlvFormatException(position(), message);
  }
}
