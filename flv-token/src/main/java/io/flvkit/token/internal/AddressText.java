package io.flvkit.token.internal;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** IP addresses to and from text (RFC 4291, RFC 5952), without ever asking a name server. */
public final class AddressText {
  private static final int MAX_CHARS = 45;
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int V6_GROUPS = 8;

  private AddressText() {}

  /** Returns 4 or 16 octets, or null if {@code text} is no address. */
  public static byte @Nullable [] parse(String text) {
    if (text.length() > MAX_CHARS) {
      return null;
    }
    if (text.indexOf(':') < 0) {
      return v4(text);
    }
    byte[] octets = v6(text);
    return octets == null ? null : unmapped(octets);
  }

  /** Returns the IPv4 octets if these 16 are an IPv4-mapped IPv6 address, else themselves. */
  public static byte[] unmapped(byte[] octets) {
    for (int i = 0; i < 10; i++) {
      if (octets[i] != 0) {
        return octets;
      }
    }
    boolean mapped = octets[10] == -1 && octets[11] == -1;
    return mapped ? Arrays.copyOfRange(octets, 12, V6_BYTES) : octets;
  }

  private static byte @Nullable [] v4(String text) {
    List<String> parts = List.of(text.split("\\.", -1));
    if (parts.size() != V4_BYTES) {
      return null;
    }
    byte[] octets = new byte[V4_BYTES];
    for (int i = 0; i < V4_BYTES; i++) {
      String part = parts.get(i);
      boolean digits = part.matches("0|[1-9][0-9]{0,2}");
      if (!digits || Integer.parseInt(part) > 255) {
        return null;
      }
      octets[i] = (byte) Integer.parseInt(part);
    }
    return octets;
  }

  private static byte @Nullable [] v6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] all = groups(text, true);
      return all != null && all.length == V6_BYTES ? all : null;
    }
    byte[] head = groups(text.substring(0, gap), false);
    byte[] tail = groups(text.substring(gap + 2), true);
    if (head == null || tail == null || head.length + tail.length > V6_BYTES - 2) {
      return null;
    }
    byte[] octets = Arrays.copyOf(head, V6_BYTES);
    System.arraycopy(tail, 0, octets, V6_BYTES - tail.length, tail.length);
    return octets;
  }

  /** Colon-separated groups; the last one of an address may be a dotted IPv4 address. */
  private static byte @Nullable [] groups(String text, boolean atEnd) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] parts = text.split(":", -1);
    byte[] octets = new byte[V6_BYTES + V4_BYTES];
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean dotted = atEnd && i == parts.length - 1 && parts[i].indexOf('.') >= 0;
      byte[] group = dotted ? v4(parts[i]) : group(parts[i]);
      if (group == null || count + group.length > V6_BYTES) {
        return null;
      }
      System.arraycopy(group, 0, octets, count, group.length);
      count += group.length;
    }
    return Arrays.copyOf(octets, count);
  }

  private static byte @Nullable [] group(String digits) {
    if (!digits.matches("[0-9A-Fa-f]{1,4}")) {
      return null;
    }
    int value = Integer.parseInt(digits, 16);
    return new byte[] {(byte) (value >> 8), (byte) value};
  }

  /** Returns the text of 4 or 16 octets. */
  public static String format(byte[] octets) {
    if (octets.length == V4_BYTES) {
      return (octets[0] & 255)
          + "."
          + (octets[1] & 255)
          + "."
          + (octets[2] & 255)
          + "."
          + (octets[3] & 255);
    }
    int[] groups = new int[V6_GROUPS];
    for (int i = 0; i < V6_GROUPS; i++) {
      groups[i] = (octets[2 * i] & 255) << 8 | (octets[2 * i + 1] & 255);
    }
    int gapStart = longestZeroRun(groups);
    int gapEnd = gapStart < 0 ? -1 : gapStart + zeroRun(groups, gapStart);
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < V6_GROUPS; i++) {
      if (i == gapStart) {
        text.append("::");
        i = gapEnd - 1;
      } else {
        boolean first = text.length() == 0 || i == gapEnd;
        text.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  /** The first longest run of at least two zero groups, or -1. */
  private static int longestZeroRun(int[] groups) {
    int best = -1;
    int bestLength = 1;
    for (int i = 0; i < V6_GROUPS; i++) {
      int length = zeroRun(groups, i);
      if (length > bestLength) {
        best = i;
        bestLength = length;
      }
    }
    return best;
  }

  private static int zeroRun(int[] groups, int start) {
    int end = start;
    while (end < V6_GROUPS && groups[end] == 0) {
      end++;
    }
    return end - start;
  }
}
