package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one CBOR item (RFC 8949) of definite length: {@link Long}, {@code byte[]}, {@link String},
 * {@link List}, {@link Map}, {@link Tagged}, {@link Double}, {@link Boolean}, {@link #NULL}. Depth
 * is bounded, and so is the number of items: by the length of the input.
 */
final class Cbor {
  /** The values null and undefined. */
  static final Object NULL = new Object();

  private static final int MAX_DEPTH = 8;

  private final ByteBuffer input;

  private Cbor(ByteBuffer input) {
    this.input = input;
  }

  /** An item with a tag. */
  record Tagged(long tag, Object value) {}

  /** What makes bytes unreadable; never leaves this class. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable() {
      super("not CBOR", null, false, false);
    }
  }

  /** Returns the item that fills {@code bytes}, or null if they are anything else. */
  static @Nullable Object read(byte[] bytes) {
    Cbor cbor = new Cbor(ByteBuffer.wrap(bytes));
    try {
      Object item = cbor.item(0);
      return cbor.input.hasRemaining() ? null : item;
    } catch (Unreadable | BufferUnderflowException e) {
      return null;
    }
  }

  private Object item(int depth) {
    if (depth > MAX_DEPTH) {
      throw new Unreadable();
    }
    int initial = input.get() & 0xFF;
    int detail = initial & 0x1F;
    return switch (initial >> 5) {
      case 0 -> argument(detail);
      case 1 -> -1 - argument(detail);
      case 2 -> bytes(argument(detail));
      case 3 -> text(argument(detail));
      case 4 -> list(argument(detail), depth);
      case 5 -> map(argument(detail), depth);
      case 6 -> new Tagged(argument(detail), item(depth + 1));
      default -> simple(detail);
    };
  }

  /** Lengths, integers and tags; never negative. */
  private long argument(int detail) {
    long value =
        switch (detail) {
          case 24 -> input.get() & 0xFF;
          case 25 -> input.getShort() & 0xFFFF;
          case 26 -> input.getInt() & 0xFFFFFFFFL;
          case 27 -> input.getLong();
          default -> detail < 24 ? detail : -1;
        };
    if (value < 0) {
      throw new Unreadable();
    }
    return value;
  }

  private byte[] bytes(long count) {
    if (count > input.remaining()) {
      throw new Unreadable();
    }
    byte[] bytes = new byte[(int) count];
    input.get(bytes);
    return bytes;
  }

  private String text(long count) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(count))).toString();
    } catch (CharacterCodingException e) {
      throw new Unreadable();
    }
  }

  private List<Object> list(long count, int depth) {
    List<Object> list = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      list.add(item(depth + 1));
    }
    return list;
  }

  private Map<Object, Object> map(long count, int depth) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      Object key = item(depth + 1);
      boolean usable = key instanceof Long || key instanceof String;
      if (!usable || map.put(key, item(depth + 1)) != null) {
        throw new Unreadable();
      }
    }
    return map;
  }

  private Object simple(int detail) {
    return switch (detail) {
      case 20 -> false;
      case 21 -> true;
      case 22, 23 -> NULL;
      case 26 -> (double) input.getFloat();
      case 27 -> input.getDouble();
      default -> throw new Unreadable();
    };
  }
}
