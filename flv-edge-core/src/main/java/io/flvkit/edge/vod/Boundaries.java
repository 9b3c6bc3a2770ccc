package io.flvkit.edge.vod;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Boundaries of multipart answers, which no file may contain by design or by chance. */
final class Boundaries {
  private static final int RANDOM_BYTES = 16;

  private Boundaries() {}

  /** A new boundary of 128 random bits at each call; safe to share. */
  static Supplier<String> random() {
    SecureRandom random = new SecureRandom();
    return () -> {
      byte[] bytes = new byte[RANDOM_BYTES];
      random.nextBytes(bytes);
      return HexFormat.of().formatHex(bytes);
    };
  }
}
