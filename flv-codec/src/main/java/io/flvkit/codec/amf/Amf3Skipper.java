package io.flvkit.codec.amf;

import io.flvkit.codec.FlvFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the end of one AMF3 value (Adobe AMF3), which has no length of its own. Keeps the reference
 * tables only as far as lengths depend on them.
 */
final class Amf3Skipper {
  private static final int MAX_TRAITS = 1024;

  private final ByteBuffer in;
  private final int maxDepth;
  private int valuesLeft;
  private boolean beyondLimits;
  private final List<Traits> traits = new ArrayList<>();

  private record Traits(boolean dynamic, int sealedMembers) {}

  Amf3Skipper(ByteBuffer in, int maxDepth, int maxValues) {
    this.in = in;
    this.maxDepth = maxDepth;
    this.valuesLeft = maxValues;
  }

  /** Moves the position of the buffer behind the value. */
  void skip() {
    value(1);
  }

  /** Whether {@link #skip} failed for a limit, and not because the end cannot be known. */
  boolean isBeyondLimits() {
    return beyondLimits;
  }

  private void value(int depth) {
    if (depth > maxDepth || --valuesLeft < 0) {
      beyondLimits = true;
      throw broken("AMF3 nested or filled beyond the limits");
    }
    int marker = octet();
    switch (marker) {
      case 0, 1, 2, 3 -> {}
      case 4 -> number();
      case 5 -> bytes(8);
      case 6, 7, 11, 12 -> sized(1);
      case 8 -> date();
      case 9 -> array(depth);
      case 10 -> object(depth);
      case 13, 14 -> vector(4);
      case 15 -> vector(8);
      case 16 -> objectVector(depth);
      case 17 -> dictionary(depth);
      default -> throw broken("AMF3 value of unknown type " + marker);
    }
  }

  /** A reference, or a length and as many units. Returns whether it was empty. */
  private boolean sized(int unitBytes) {
    int head = number();
    if ((head & 1) == 0) {
      return false;
    }
    bytes((long) (head >>> 1) * unitBytes);
    return head == 1;
  }

  private void date() {
    if ((number() & 1) != 0) {
      bytes(8);
    }
  }

  private void array(int depth) {
    int head = number();
    if ((head & 1) != 0) {
      while (!sized(1)) {
        value(depth + 1);
      }
      values(head >>> 1, depth);
    }
  }

  private void object(int depth) {
    int head = number();
    if ((head & 1) == 0) {
      return;
    }
    Traits shape = (head & 2) == 0 ? reference(head >>> 2) : inlineTraits(head);
    values(shape.sealedMembers(), depth);
    while (shape.dynamic() && !sized(1)) {
      value(depth + 1);
    }
  }

  private Traits reference(int index) {
    if (index >= traits.size()) {
      throw broken("AMF3 traits " + index + " of " + traits.size());
    }
    return traits.get(index);
  }

  private Traits inlineTraits(int head) {
    if ((head & 4) != 0) {
      throw broken("an externalizable AMF3 object, whose length only its class knows");
    }
    sized(1); // class name
    int members = head >>> 4;
    for (int i = 0; i < members; i++) {
      sized(1);
    }
    Traits shape = new Traits((head & 8) != 0, members);
    if (traits.size() < MAX_TRAITS) {
      traits.add(shape);
    }
    return shape;
  }

  private void vector(int unitBytes) {
    int head = number();
    if ((head & 1) != 0) {
      bytes(1);
      bytes((long) (head >>> 1) * unitBytes);
    }
  }

  private void objectVector(int depth) {
    int head = number();
    if ((head & 1) != 0) {
      bytes(1);
      sized(1);
      values(head >>> 1, depth);
    }
  }

  private void dictionary(int depth) {
    int head = number();
    if ((head & 1) != 0) {
      bytes(1);
      for (int i = 0; i < head >>> 1; i++) {
        value(depth + 1);
        value(depth + 1);
      }
    }
  }

  private void values(int count, int depth) {
    for (int i = 0; i < count; i++) {
      value(depth + 1);
    }
  }

  /** U29: seven bits per byte, the fourth byte whole. */
  private int number() {
    int value = 0;
    for (int i = 0; i < 3; i++) {
      int octet = octet();
      value = value << 7 | (octet & 0x7F);
      if (octet < 0x80) {
        return value;
      }
    }
    return value << 8 | octet();
  }

  private int octet() {
    bytes(1);
    return in.get(in.position() - 1) & 0xFF;
  }

  private void bytes(long count) {
    if (in.remaining() < count) {
      throw broken("AMF3 ends within a value");
    }
    in.position(in.position() + (int) count);
  }

  private FlvFormatException broken(String message) {
    return new FlvFormatException(in.position(), message);
  }
}
