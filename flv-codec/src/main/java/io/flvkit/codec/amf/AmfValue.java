package io.flvkit.codec.amf;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** One AMF0 value. Immutable, free to share between threads. */
public sealed interface AmfValue {
  /** The markers of AMF0 as a choice to switch over. */
  Kind kind();

  /** What a value is. */
  enum Kind {
    /** {@link AmfValue.Num}. */
    NUMBER,
    /** {@link AmfValue.Bool}. */
    BOOLEAN,
    /** {@link AmfValue.Str}. */
    STRING,
    /** {@link AmfValue.Obj}: anonymous object, ECMA array or typed object. */
    OBJECT,
    /** {@link AmfValue.StrictArray}. */
    STRICT_ARRAY,
    /** {@link AmfValue.Date}. */
    DATE,
    /** {@link AmfValue.Xml}. */
    XML,
    /** {@link AmfValue.Reference}. */
    REFERENCE,
    /** {@link AmfValue.Amf3}. */
    AMF3,
    /** {@link Simple#NULL}. */
    NULL,
    /** {@link Simple#UNDEFINED}. */
    UNDEFINED,
    /** {@link Simple#UNSUPPORTED}. */
    UNSUPPORTED
  }

  /** A number. */
  static AmfValue of(double number) {
    return new Num(number);
  }

  /** A boolean. */
  static AmfValue of(boolean flag) {
    return flag ? Bool.TRUE : Bool.FALSE;
  }

  /** A string, written as a long string where it needs one. */
  static AmfValue of(String text) {
    return new Str(text);
  }

  /** IEEE 754 double, NaN and infinities included. */
  record Num(double number) implements AmfValue {
    @Override
    public Kind kind() {
      return Kind.NUMBER;
    }
  }

  /** True or false. */
  record Bool(boolean flag) implements AmfValue {
    static final Bool TRUE = new Bool(true);
    static final Bool FALSE = new Bool(false);

    @Override
    public Kind kind() {
      return Kind.BOOLEAN;
    }
  }

  /** String or long string. Malformed UTF-8 was replaced by U+FFFD. */
  record Str(String text) implements AmfValue {
    @Override
    public Kind kind() {
      return Kind.STRING;
    }
  }

  /** XML document, as its text. */
  record Xml(String text) implements AmfValue {
    @Override
    public Kind kind() {
      return Kind.XML;
    }
  }

  /** Milliseconds since 1970 UTC, and a zone in minutes that the specification reserves. */
  record Date(double epochMillis, int zoneMinutes) implements AmfValue {
    @Override
    public Kind kind() {
      return Kind.DATE;
    }
  }

  /** The complex value number {@code index} of this message, counted from 0 as they begin. */
  record Reference(int index) implements AmfValue {
    @Override
    public Kind kind() {
      return Kind.REFERENCE;
    }
  }

  /** Values without names. */
  record StrictArray(List<AmfValue> elements) implements AmfValue {
    /** Keeps an immutable copy. */
    public StrictArray {
      elements = List.copyOf(elements);
    }

    @Override
    public Kind kind() {
      return Kind.STRICT_ARRAY;
    }
  }

  /**
   * An AMF3 value as it is, the 0x11 marker not included.
   *
   * @param octets its bytes, one character 0..255 each
   */
  record Amf3(String octets) implements AmfValue {
    /** The bytes of the AMF3 value; a new array. */
    public byte[] bytes() {
      return octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public Kind kind() {
      return Kind.AMF3;
    }
  }

  /** Markers without payload. */
  enum Simple implements AmfValue {
    /** Marker 0x05. */
    NULL(Kind.NULL),
    /** Marker 0x06. */
    UNDEFINED(Kind.UNDEFINED),
    /** Marker 0x0D. */
    UNSUPPORTED(Kind.UNSUPPORTED);

    private final Kind kind;

    Simple(Kind kind) {
      this.kind = kind;
    }

    @Override
    public Kind kind() {
      return kind;
    }
  }

  /** A named value. Names may be empty and may repeat. */
  record Property(String name, AmfValue value) {}

  /**
   * Named values in their order.
   *
   * @param form how it is written
   * @param className of a typed object, else empty
   */
  record Obj(Form form, String className, List<Property> properties) implements AmfValue {
    /** The three ways to write named values. */
    public enum Form {
      /** Marker 0x03. */
      OBJECT,
      /** Marker 0x08; written with the exact count. */
      ECMA_ARRAY,
      /** Marker 0x10. */
      TYPED_OBJECT
    }

    /** Keeps an immutable copy. */
    public Obj {
      properties = List.copyOf(properties);
    }

    /** An ECMA array, the form that players expect of onMetaData. */
    public static Obj ecmaArray(List<Property> properties) {
      return new Obj(Form.ECMA_ARRAY, "", properties);
    }

    /** An anonymous object. */
    public static Obj object(List<Property> properties) {
      return new Obj(Form.OBJECT, "", properties);
    }

    /** The first value of that name, or {@link Simple#UNDEFINED}. */
    public AmfValue get(String name) {
      for (Property property : properties) {
        if (property.name().equals(name)) {
          return property.value();
        }
      }
      return Simple.UNDEFINED;
    }

    /** Whether there is a value of that name. */
    public boolean has(String name) {
      return properties.stream().anyMatch(property -> property.name().equals(name));
    }

    @Override
    public Kind kind() {
      return Kind.OBJECT;
    }
  }
}
