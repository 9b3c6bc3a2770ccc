package io.flvkit.edge.netty;

import com.google.common.net.InetAddresses;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Socket addresses in words. */
final class Addresses {
  private static final AttributeKey<InetAddress> PEER = AttributeKey.valueOf("flvkit.peer");

  private Addresses() {}

  /** The client of the connection: what a PROXY header said, else its other end. */
  static InetAddress peer(Channel channel) {
    InetAddress told = channel.hasAttr(PEER) ? channel.attr(PEER).get() : null;
    return told == null ? peer(channel.remoteAddress()) : told;
  }

  static void setPeer(Channel channel, InetAddress client) {
    channel.attr(PEER).set(client);
  }

  /** The address that a text spells, IPv4-mapped IPv6 as IPv4; null if it spells none. */
  static @Nullable InetAddress literal(@Nullable String text) {
    return text != null && InetAddresses.isInetAddress(text) ? InetAddresses.forString(text) : null;
  }

  /** {@code 127.0.0.1:80} or {@code [::1]:80}. */
  static String text(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    String host = ip == null ? address.getHostString() : InetAddresses.toUriString(ip);
    return host + ":" + address.getPort();
  }

  /** The address of the other end; a connection without one counts as the unspecified address. */
  static InetAddress peer(SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress()
        : InetAddresses.forString("0.0.0.0");
  }

  /** Why a bind or connect failed, in the words that operators know. */
  static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("address already in use")) {
      return "the port is in use";
    }
    if (message.contains("permission denied")) {
      return "permission denied";
    }
    if (message.contains("cannot assign requested address")) {
      return "this machine does not have that address";
    }
    if (message.contains("connection refused")) {
      return "connection refused";
    }
    if (cause instanceof UnknownHostException) {
      return "unknown host";
    }
    return String.valueOf(cause.getMessage());
  }
}
