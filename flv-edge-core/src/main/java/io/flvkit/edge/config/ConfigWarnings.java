package io.flvkit.edge.config;

import com.sun.management.UnixOperatingSystemMXBean;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.LimitsConfig;
import io.flvkit.edge.VodConfig;
import io.flvkit.edge.VodSource;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What an operator should know of a configuration that is right in itself. */
public final class ConfigWarnings {
  /** Files that the edge needs besides connections: jars, logs, event loops, origins. */
  static final int OTHER_FILES = 256;

  private ConfigWarnings() {}

  /** One line for each limit above what this process may open, and each key without effect. */
  public static List<String> of(EdgeConfig config) {
    return of(config, openFilesMax());
  }

  static List<String> of(EdgeConfig config, long openFilesMax) {
    LimitsConfig limits = config.limits();
    List<String> warnings = new ArrayList<>();
    long room = Math.max(0, openFilesMax - OTHER_FILES);
    if (limits.connections() == 0 && openFilesMax < Long.MAX_VALUE) {
      warnings.add(
          "limits.connections: has no limit, but this process may open only "
              + openFilesMax
              + " files");
    }
    check(warnings, "limits.connections", limits.connections(), room, openFilesMax);
    check(warnings, "limits.viewers", limits.viewers(), room, openFilesMax);
    check(warnings, "limits.viewersPerStream", limits.viewersPerStream(), room, openFilesMax);
    for (int i = 0; i < config.vod().size(); i++) {
      VodConfig mount = config.vod().get(i);
      if (mount.cache() != null && mount.source() instanceof VodSource.Directory) {
        warnings.add("vod[%d].cache: is not used, the files are in a folder already".formatted(i));
      }
    }
    return warnings;
  }

  private static void check(
      List<String> warnings, String key, int value, long room, long openFilesMax) {
    if (value > room) {
      warnings.add(
          "%s: is %d, but this process may open only %d files (%d of them for the edge itself)"
              .formatted(key, value, openFilesMax, OTHER_FILES));
    }
  }

  /** As the operating system says; no limit where it does not say. */
  private static long openFilesMax() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
