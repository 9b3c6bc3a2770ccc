package io.flvkit.examples.origin;

import io.flvkit.examples.FlvKitException;
import io.flvkit.token.BadPathException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TestOrigin} serves and where.
 *
 * @param listen where viewers and publishers connect; port 0 takes a free one
 * @param live the file that each live stream loops, by the name of the stream
 * @param vodDirectory the folder behind {@code /vod/}, or null for none
 * @param admin where faults are switched, or null for nowhere
 * @param stamp whether each live stream carries a wall-clock script tag a second
 */
public record OriginOptions(
    InetSocketAddress listen,
    Map<String, Path> live,
    @Nullable Path vodDirectory,
    @Nullable InetSocketAddress admin,
    boolean stamp) {

  public OriginOptions {
    live = Map.copyOf(live);
    live.keySet().forEach(OriginOptions::requireName);
  }

  /** A name that no request can mean would be a stream that nobody can watch. */
  private static void requireName(String name) {
    try {
      if (!RequestPath.ofStream(name).stream().equals(Optional.of(name))) {
        throw FlvKitException.wrongUsage("'" + name + "' is no name of a stream", null);
      }
    } catch (BadPathException e) {
      throw FlvKitException.wrongUsage("'" + name + "' is no name of a stream", e);
    }
  }

  /** An origin on a free loopback port, without streams or files. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the options one by one. */
  public static final class Builder {
    private final Map<String, Path> live = new LinkedHashMap<>();
    private InetSocketAddress listen = freeLoopbackPort();
    private @Nullable Path vodDirectory;
    private @Nullable InetSocketAddress admin;
    private boolean stamp;

    private Builder() {}

    public Builder listen(InetSocketAddress address) {
      this.listen = address;
      return this;
    }

    /** Loops {@code file} as {@code /live/NAME.flv}. */
    public Builder live(String name, Path file) {
      live.put(name, file);
      return this;
    }

    public Builder vodDirectory(Path directory) {
      this.vodDirectory = directory;
      return this;
    }

    /** Opens the admin listener. */
    public Builder admin(InetSocketAddress address) {
      this.admin = address;
      return this;
    }

    /** Opens the admin listener on a free loopback port. */
    public Builder admin() {
      return admin(freeLoopbackPort());
    }

    public Builder stamp(boolean wanted) {
      this.stamp = wanted;
      return this;
    }

    public OriginOptions build() {
      return new OriginOptions(listen, live, vodDirectory, admin, stamp);
    }

    private static InetSocketAddress freeLoopbackPort() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
  }
}
