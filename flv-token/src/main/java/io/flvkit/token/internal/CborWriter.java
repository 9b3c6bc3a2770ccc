package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/** Writes CBOR (RFC 8949) in its shortest form; maps keep their order. */
final class CborWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private CborWriter() {}

  /** Returns an item made of longs, byte arrays, strings, lists, maps and tagged items. */
  static byte[] write(Object item) {
    CborWriter writer = new CborWriter();
    writer.item(item);
    return writer.out.toByteArray();
  }

  private void item(Object item) {
    if (item instanceof Long number) {
      head(number < 0 ? 1 : 0, number < 0 ? -1 - number : number);
    } else if (item instanceof byte[] bytes) {
      head(2, bytes.length);
      out.writeBytes(bytes);
    } else if (item instanceof String text) {
      byte[] bytes = text.getBytes(UTF_8);
      head(3, bytes.length);
      out.writeBytes(bytes);
    } else if (item instanceof List<?> list) {
      head(4, list.size());
      list.forEach(this::item);
    } else if (item instanceof Map<?, ?> map) {
      head(5, map.size());
      map.forEach(
          (key, value) -> {
            item(key);
            item(value);
          });
    } else {
      Cbor.Tagged tagged = (Cbor.Tagged) item;
      head(6, tagged.tag());
      item(tagged.value());
    }
  }

  private void head(int major, long argument) {
    int bytes =
        argument < 24
            ? 0
            : argument < 1L << 8 ? 1 : argument < 1L << 16 ? 2 : argument < 1L << 32 ? 4 : 8;
    int detail = bytes == 0 ? (int) argument : 24 + Integer.numberOfTrailingZeros(bytes);
    out.write(major << 5 | detail);
    for (int i = bytes - 1; i >= 0; i--) {
      out.write((int) (argument >> (8 * i)));
    }
  }
}
