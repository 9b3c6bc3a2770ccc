package io.flvkit.edge;

import com.google.common.net.InetAddresses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what would take each other's place: listeners on one port, mounts on one path. */
final class Overlaps {
  private Overlaps() {}

  /** Two listeners on one port collide if they name the same address or one names every address. */
  static void ofListeners(
      Checks checks, List<ListenConfig> listen, @Nullable AdminConfig adminListener) {
    Map<String, ListenConfig> listeners = new LinkedHashMap<>();
    for (int i = 0; i < listen.size(); i++) {
      listeners.put("listen[" + i + "]", listen.get(i));
    }
    if (adminListener != null) {
      listeners.put("admin", new ListenConfig(adminListener.address(), adminListener.port()));
    }
    Map<String, ListenConfig> before = new LinkedHashMap<>();
    listeners.forEach(
        (key, listener) -> {
          before.forEach(
              (otherKey, other) ->
                  checks.require(
                      !collide(listener, other),
                      key + ".port",
                      "is taken by " + otherKey + " already: " + listener.port()));
          before.put(key, listener);
        });
  }

  /** A path belongs to one mount. One may lie within another: the longest that fits serves. */
  static void ofMounts(
      Checks checks, List<LiveConfig> live, List<VodConfig> vod, @Nullable PlayerConfig player) {
    Map<String, String> mounts = new LinkedHashMap<>();
    for (int i = 0; i < live.size(); i++) {
      mounts.put("live[" + i + "]", live.get(i).path());
    }
    for (int i = 0; i < vod.size(); i++) {
      mounts.put("vod[" + i + "]", vod.get(i).path());
    }
    if (player != null) {
      mounts.put("player", player.path());
    }
    Map<String, String> before = new LinkedHashMap<>();
    mounts.forEach(
        (key, path) -> {
          before.forEach(
              (otherKey, other) ->
                  checks.require(
                      !path.equals(other),
                      key + ".path",
                      "is taken by " + otherKey + " already: " + path));
          before.put(key, path);
        });
  }

  /** A folder has one cache, of one size. */
  static void ofCaches(Checks checks, List<VodConfig> vod) {
    for (int i = 0; i < vod.size(); i++) {
      VodCacheConfig cache = vod.get(i).cache();
      for (int j = 0; j < i && cache != null; j++) {
        VodCacheConfig other = vod.get(j).cache();
        checks.require(
            other == null || !other.isResized(cache),
            "vod[" + i + "].cache.directory",
            "is that of vod[" + j + "], but bytes or sliceSize are not");
      }
    }
  }

  private static boolean collide(ListenConfig a, ListenConfig b) {
    return a.port() != 0
        && a.port() == b.port()
        && (a.address().equals(b.address())
            || isEveryAddress(a.address())
            || isEveryAddress(b.address()));
  }

  private static boolean isEveryAddress(String address) {
    return InetAddresses.isInetAddress(address)
        && InetAddresses.forString(address).isAnyLocalAddress();
  }
}
