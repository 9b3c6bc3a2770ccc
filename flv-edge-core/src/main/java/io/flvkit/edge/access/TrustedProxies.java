package io.flvkit.edge.access;

import com.google.common.base.Splitter;
import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose {@code X-Forwarded-For} is believed. The client is the right-most hop that is
 * not a trusted proxy: everything left of it may be invented by the client.
 *
 * @param blocks where trusted proxies live
 */
public record TrustedProxies(List<AddressBlock> blocks) {
  /** Nobody is believed: the client is the peer of the connection. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  /** Hops looked at, from the right; a longer chain ends at the last one looked at. */
  static final int MAX_HOPS = 32;

  private static final Splitter HOPS = Splitter.on(',').trimResults();

  public TrustedProxies {
    blocks = List.copyOf(blocks);
  }

  /** Trusts the given blocks, such as {@code 10.0.0.0/8}. */
  public static TrustedProxies of(String... blocks) {
    return new TrustedProxies(List.of(blocks).stream().map(AddressBlock::parse).toList());
  }

  /**
   * The address of the client.
   *
   * @param peer the other end of the connection
   * @param forwardedFor the values of all {@code X-Forwarded-For} fields, in the order received
   */
  public InetAddress clientAddress(InetAddress peer, List<String> forwardedFor) {
    InetAddress client = AddressBlock.plain(peer);
    if (forwardedFor.isEmpty() || !trusts(client)) {
      return client;
    }
    List<String> hops = HOPS.splitToList(String.join(",", forwardedFor));
    int last = Math.max(0, hops.size() - MAX_HOPS);
    for (int i = hops.size() - 1; i >= last && trusts(client); i--) {
      InetAddress hop = addressOf(hops.get(i));
      if (hop == null) {
        return client;
      }
      client = hop;
    }
    return client;
  }

  private boolean trusts(InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  /** A hop is an address, perhaps in brackets, perhaps with a port; null: neither. */
  private static @Nullable InetAddress addressOf(String hop) {
    if (InetAddresses.isInetAddress(hop)) {
      return AddressBlock.plain(InetAddresses.forString(hop));
    }
    try {
      String host = HostAndPort.fromString(hop).getHost();
      return InetAddresses.isInetAddress(host)
          ? AddressBlock.plain(InetAddresses.forString(host))
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
