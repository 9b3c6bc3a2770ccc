package io.flvkit.edge.access;

import com.google.common.net.InetAddresses;
import com.google.common.net.InternetDomainName;
import java.net.IDN;
import java.util.Locale;

/**
 * A host name, or all names below one. {@code example.com} is that name only; {@code *.example.com}
 * is every name below it, at any depth, and not the name itself. Letters in any case; names in
 * other scripts may be written as they are.
 */
public final class HostPattern {
  private static final String BELOW = "*.";

  private final String name;
  private final boolean below;

  private HostPattern(String name, boolean below) {
    this.name = name;
    this.below = below;
  }

  /** Reads a pattern. Throws {@code IllegalArgumentException} if it is neither of the two forms. */
  public static HostPattern parse(String text) {
    boolean below = text.startsWith(BELOW);
    String name = below ? text.substring(BELOW.length()) : text;
    if (!below && InetAddresses.isUriInetAddress(name)) {
      return new HostPattern(name.toLowerCase(Locale.ROOT), false);
    }
    String ascii = ascii(name);
    if (!InternetDomainName.isValid(ascii) || ascii.contains("..") || ascii.endsWith(".")) {
      throw new IllegalArgumentException("must be a host such as example.com or *.example.com");
    }
    return new HostPattern(ascii, below);
  }

  private static String ascii(String name) {
    try {
      return IDN.toASCII(name).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Whether a host, in lower case, is meant; a dot at its end does not count. */
  boolean matches(String host) {
    String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return below
        ? plain.endsWith("." + name) && plain.length() > name.length() + 1
        : plain.equals(name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostPattern that && name.equals(that.name) && below == that.below;
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 2 + (below ? 1 : 0);
  }

  /** The pattern as written in a configuration. */
  @Override
  public String toString() {
    return (below ? BELOW : "") + name;
  }
}
