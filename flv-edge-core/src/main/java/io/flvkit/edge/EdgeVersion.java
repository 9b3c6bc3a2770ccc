package io.flvkit.edge;

import org.jspecify.annotations.Nullable;

/** The version of this library, from its jar. */
final class EdgeVersion {
  private EdgeVersion() {}

  /** The version; {@code development} when it does not run from a jar. */
  static String get() {
    @Nullable String version = EdgeVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
