package io.flvkit.codec.amf;

import io.flvkit.codec.FlvFormatException;
import io.flvkit.codec.FlvLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the AMF0 values of one message (Adobe AMF0; FLV E.4.4). Positions in exceptions count from
 * where the reader began. Tolerates what muxers in the field write: a wrong ECMA array count, and
 * named values that end with the message instead of the end marker. Values whose objects would take
 * more than four times the bytes of the message and 64 KiB are refused: no metadata comes near, an
 * attack by millions of tiny values does. Confined to one thread.
 *
 * <pre>{@code
 * Amf0Reader reader = Amf0Reader.of(body, FlvLimits.defaults());
 * while (reader.hasNext()) {
 *   System.out.println(reader.next());
 * }
 * }</pre>
 */
public final class Amf0Reader {
  private final ByteBuffer in;
  private final FlvLimits limits;
  private final int start;
  private final MemoryBudget memory;
  private final TextCache texts = new TextCache();
  private final List<AmfValue.Property> open = new ArrayList<>();
  private int openMost;
  private int valuesLeft;

  private Amf0Reader(ByteBuffer source, FlvLimits limits) {
    this.in = source.duplicate().order(ByteOrder.BIG_ENDIAN);
    this.limits = limits;
    this.start = source.position();
    this.valuesLeft = limits.maxAmfValues();
    this.memory = new MemoryBudget(source.remaining());
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
    take(MemoryBudget.GROWTH + MemoryBudget.ELEMENT);
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
      case Marker.NUMBER -> number();
      case Marker.BOOLEAN -> AmfValue.of(uint8() != 0);
      case Marker.STRING -> string(uint16());
      case Marker.LONG_STRING -> string(uint32());
      case Marker.XML -> xml();
      case Marker.OBJECT -> new AmfValue.Obj(AmfValue.Obj.Form.OBJECT, "", properties(depth));
      case Marker.ECMA_ARRAY -> ecmaArray(depth);
      case Marker.TYPED_OBJECT -> typedObject(depth);
      case Marker.STRICT_ARRAY -> strictArray(depth);
      case Marker.NULL -> AmfValue.Simple.NULL;
      case Marker.UNDEFINED -> AmfValue.Simple.UNDEFINED;
      case Marker.UNSUPPORTED -> AmfValue.Simple.UNSUPPORTED;
      case Marker.REFERENCE -> reference();
      case Marker.DATE -> date();
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

  private AmfValue number() {
    take(MemoryBudget.UNIT);
    return new AmfValue.Num(float64());
  }

  private AmfValue date() {
    take(MemoryBudget.UNIT);
    return new AmfValue.Date(float64(), (short) uint16());
  }

  private AmfValue string(long bytes) {
    take(MemoryBudget.BOX);
    return new AmfValue.Str(text(bytes));
  }

  private AmfValue xml() {
    take(MemoryBudget.BOX);
    return new AmfValue.Xml(text(uint32()));
  }

  private AmfValue reference() {
    take(MemoryBudget.BOX);
    return new AmfValue.Reference(uint16());
  }

  private List<AmfValue.Property> properties(int depth) {
    take(MemoryBudget.UNIT);
    int first = open.size();
    while (in.hasRemaining()) {
      int nameBytes = uint16();
      if (nameBytes == 0 && in.hasRemaining() && in.get(in.position()) == Marker.OBJECT_END) {
        in.get();
        break;
      }
      take(MemoryBudget.PROPERTY);
      String name = text(nameBytes);
      open(new AmfValue.Property(name, value(depth + 1)));
    }
    return first == open.size() ? List.of() : closed(first);
  }

  /** Adds to the objects that have not ended yet, which share one stack. */
  private void open(AmfValue.Property property) {
    if (open.size() == openMost) {
      openMost++;
      take(MemoryBudget.GROWTH);
    }
    open.add(property);
  }

  /** Takes the properties of an object that has ended from the stack. */
  private List<AmfValue.Property> closed(int first) {
    take(MemoryBudget.LIST);
    AmfValue.Property[] properties = new AmfValue.Property[open.size() - first];
    for (int i = properties.length - 1; i >= 0; i--) {
      properties[i] = open.remove(first + i);
    }
    return List.of(properties);
  }

  private AmfValue strictArray(int depth) {
    long count = uint32();
    if (count > in.remaining()) {
      throw broken("array of " + count + " values in " + in.remaining() + " bytes");
    }
    take(MemoryBudget.BOX + MemoryBudget.LIST + MemoryBudget.ELEMENT * count);
    AmfValue[] elements = new AmfValue[(int) count];
    for (int i = 0; i < count; i++) {
      elements[i] = value(depth + 1);
    }
    return new AmfValue.StrictArray(List.of(elements));
  }

  /**
   * AMF3 has no length. Where its end cannot be found it takes what is left, unless an object
   * around it has its own end somewhere in there.
   */
  private AmfValue amf3(int depth) {
    int from = in.position();
    Amf3Skipper amf3 = new Amf3Skipper(in, limits.maxAmfDepth() - depth, valuesLeft);
    try {
      amf3.skip();
    } catch (FlvFormatException e) {
      if (amf3.isBeyondLimits()) {
        throw broken(e.reason());
      }
      if (depth > 1) {
        throw broken("AMF3 of unknown length inside an object: " + e.reason());
      }
      in.position(in.limit());
    }
    int bytes = in.position() - from;
    take(MemoryBudget.AMF3 + 2L * bytes);
    byte[] value = new byte[bytes];
    in.get(from, value);
    return new AmfValue.Amf3(new String(value, StandardCharsets.ISO_8859_1));
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
    String known = texts.find(in, bytes);
    if (known != null) {
      in.position(in.position() + (int) bytes);
      return known;
    }
    take(MemoryBudget.TEXT + 2 * bytes);
    byte[] utf8 = new byte[(int) bytes];
    in.get(utf8);
    String text = new String(utf8, StandardCharsets.UTF_8);
    texts.keep(text);
    return text;
  }

  /** Counts memory that is going to be allocated. */
  private void take(long bytes) {
    if (!memory.take(bytes)) {
      throw broken("values that take far more memory than bytes");
    }
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
