package io.flvkit.codec.amf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The short texts met last, so that names which repeat in every element of a list are made once.
 */
final class TextCache {
  private static final int SLOTS = 64;
  private static final int MAX_BYTES = 32;

  private final @Nullable String[] slots = new @Nullable String[SLOTS];
  private int slot;

  /** The ASCII text of the next {@code bytes} bytes, whose position stays, if it was met before. */
  @Nullable String find(ByteBuffer in, long bytes) {
    slot = -1;
    if (bytes > MAX_BYTES) {
      return null;
    }
    int start = in.position();
    int hash = 0;
    for (int i = 0; i < bytes; i++) {
      hash = hash * 31 + in.get(start + i);
    }
    slot = (hash ^ hash >>> 6 ^ hash >>> 12) & (SLOTS - 1);
    String text = slots[slot];
    return text != null && isText(text, in, start, (int) bytes) ? text : null;
  }

  /** Remembers the text that {@link #find} did not find. */
  void keep(String text) {
    if (slot >= 0) {
      slots[slot] = text;
    }
  }

  private static boolean isText(String text, ByteBuffer in, int start, int bytes) {
    if (text.length() != bytes) {
      return false;
    }
    for (int i = 0; i < bytes; i++) {
      if (text.charAt(i) != in.get(start + i)) {
        return false;
      }
    }
    return true;
  }
}
