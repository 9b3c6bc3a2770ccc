package io.flvkit.edge.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes small databases in the MaxMind DB format, version 2.0: a tree of IPv6 addresses in which
 * IPv4 is below {@code ::/96}, records of 32 bits, then data, then metadata.
 */
public final class MmdbFile {
  private static final int MAP = 7;
  private static final int UINT64 = 9;
  private static final int ARRAY = 11;

  /** Negative: nothing. From {@link #DATA} on: a place in the data. Else a node. */
  private final List<int[]> nodes = new ArrayList<>();

  private static final int DATA = 1 << 24;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  /** A database that knows nothing. */
  public MmdbFile() {
    nodes.add(new int[] {-1, -1});
  }

  /** Says where a network is, {@code a.b.c.d/bits} or IPv6. */
  public MmdbFile country(String network, String code) {
    return put(network, map("country", map("iso_code", text(code))));
  }

  /** Says where a network is registered, not where it is. */
  public MmdbFile registered(String network, String code) {
    return put(network, map("registered_country", map("iso_code", text(code))));
  }

  private MmdbFile put(String network, byte[] record) {
    int slash = network.indexOf('/');
    byte[] address = octets(network.substring(0, slash));
    int bits = Integer.parseInt(network.substring(slash + 1)) + 128 - 8 * address.length;
    byte[] path = new byte[16];
    System.arraycopy(address, 0, path, 16 - address.length, address.length);
    int at = 0;
    for (int i = 0; i < bits - 1; i++) {
      int bit = path[i / 8] >> (7 - i % 8) & 1;
      if (nodes.get(at)[bit] < 0) {
        nodes.add(new int[] {-1, -1});
        nodes.get(at)[bit] = nodes.size() - 1;
      }
      at = nodes.get(at)[bit];
    }
    nodes.get(at)[path[(bits - 1) / 8] >> (7 - (bits - 1) % 8) & 1] = DATA + data.size();
    data.writeBytes(record);
    return this;
  }

  private static byte[] octets(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }

  /** The file. */
  public byte[] bytes() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int[] node : nodes) {
      for (int side : node) {
        int record =
            side < 0 ? nodes.size() : side >= DATA ? nodes.size() + 16 + side - DATA : side;
        file.writeBytes(ByteBuffer.allocate(4).putInt(record).array());
      }
    }
    file.writeBytes(new byte[16]);
    file.writeBytes(data.toByteArray());
    file.writeBytes("\u00AB\u00CD\u00EFMaxMind.com".getBytes(ISO_8859_1));
    Map<String, byte[]> metadata = new LinkedHashMap<>();
    metadata.put("node_count", number(6, nodes.size()));
    metadata.put("record_size", number(5, 32));
    metadata.put("ip_version", number(5, 6));
    metadata.put("database_type", text("Test-Country"));
    metadata.put("languages", new byte[] {0, (byte) (ARRAY - 7)});
    metadata.put("binary_format_major_version", number(5, 2));
    metadata.put("binary_format_minor_version", number(5, 0));
    metadata.put("build_epoch", new byte[] {1, UINT64 - 7, 42});
    metadata.put("description", new byte[] {(byte) (MAP << 5)});
    file.write(MAP << 5 | metadata.size());
    metadata.forEach(
        (name, value) -> {
          file.writeBytes(text(name));
          file.writeBytes(value);
        });
    return file.toByteArray();
  }

  private static byte[] map(String name, byte[] value) {
    ByteArrayOutputStream map = new ByteArrayOutputStream();
    map.write(MAP << 5 | 1);
    map.writeBytes(text(name));
    map.writeBytes(value);
    return map.toByteArray();
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    field.write(2 << 5 | Math.min(utf8.length, 29));
    if (utf8.length >= 29) {
      field.write(utf8.length - 29);
    }
    field.writeBytes(utf8);
    return field.toByteArray();
  }

  private static byte[] number(int type, int value) {
    int bytes = type == 5 ? 2 : 4;
    ByteBuffer field = ByteBuffer.allocate(1 + bytes).put((byte) (type << 5 | bytes));
    return (bytes == 2 ? field.putShort((short) value) : field.putInt(value)).array();
  }
}
