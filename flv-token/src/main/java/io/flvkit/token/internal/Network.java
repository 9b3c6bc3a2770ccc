package io.flvkit.token.internal;

/** Membership of addresses in networks; octets in network order. */
final class Network {
  private Network() {}

  /**
   * Returns whether {@code client} is in the network whose {@code count} octets begin at {@code
   * start} and of which the first {@code bits} bits count.
   */
  static boolean holds(byte[] network, int start, int count, int bits, byte[] client) {
    if (client.length != count) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += 8) {
      int mask = bits - bit >= 8 ? 0xFF : 0xFF << (8 - (bits - bit));
      if (((network[start + bit / 8] ^ client[bit / 8]) & mask & 0xFF) != 0) {
        return false;
      }
    }
    return true;
  }
}
