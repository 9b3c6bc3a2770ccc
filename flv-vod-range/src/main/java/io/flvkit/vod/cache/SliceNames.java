package io.flvkit.vod.cache;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Names of slices on disk: never used twice, so that a late delete never hits a newer slice. */
final class SliceNames {
  private static final String WHOLE = ".slice";
  private static final String TEMPORARY = ".tmp";
  private static final int RANDOM_BYTES = 12;

  private SliceNames() {}

  static String random(RandomGenerator random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String hex = HexFormat.of().formatHex(bytes);
    return hex.substring(0, 2) + "/" + hex + WHOLE;
  }

  /** The name while the slice is being written. */
  static String temporary(String name) {
    return name + TEMPORARY;
  }

  static boolean isWhole(String name) {
    return name.endsWith(WHOLE);
  }

  static boolean isTemporary(String name) {
    return name.endsWith(WHOLE + TEMPORARY);
  }
}
