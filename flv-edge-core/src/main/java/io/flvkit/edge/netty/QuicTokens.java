package io.flvkit.edge.netty;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens of Retry packets (RFC 9000, section 8.1.2): who shows one has received it at the address
 * that it was made for, a moment ago. So nobody opens a connection in another's name, and nothing
 * is kept of clients that never answer. Confined to one thread.
 *
 * <p>A token is the time it was made, a MAC over that time, the address, the port and the
 * connection id that the client chose first, and that id.
 */
final class QuicTokens implements QuicTokenHandler {
  /** A client shows its token one round trip later. */
  static final long LIFE_NANOS = 10_000_000_000L;

  private static final int TIME_BYTES = 8;
  private static final int MAC_BYTES = 16;
  private static final int HEAD_BYTES = TIME_BYTES + MAC_BYTES;

  private final Mac mac;
  private final LongSupplier nanoTime;
  private final Runnable onRefused;

  /**
   * @param key known to the sockets of one listener, which see each other's packets
   * @param onRefused told of each token that is not taken
   */
  QuicTokens(byte[] key, LongSupplier nanoTime, Runnable onRefused) {
    this.nanoTime = nanoTime;
    this.onRefused = onRefused;
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  @Override
  public boolean writeToken(ByteBuf out, ByteBuf dcid, InetSocketAddress address) {
    long now = nanoTime.getAsLong();
    out.writeLong(now)
        .writeBytes(macOf(now, address, dcid))
        .writeBytes(dcid, dcid.readerIndex(), dcid.readableBytes());
    return true;
  }

  /** Where the first connection id begins in a token; -1 if the token is not taken. */
  @Override
  public int validateToken(ByteBuf token, InetSocketAddress address) {
    int start = token.readerIndex();
    int idBytes = token.readableBytes() - HEAD_BYTES;
    if (idBytes >= 0 && idBytes <= Quic.MAX_CONN_ID_LEN) {
      long made = token.getLong(start);
      long age = nanoTime.getAsLong() - made;
      byte[] shown = new byte[MAC_BYTES];
      token.getBytes(start + TIME_BYTES, shown);
      byte[] right = macOf(made, address, token.slice(start + HEAD_BYTES, idBytes));
      if (MessageDigest.isEqual(shown, right) && age >= 0 && age <= LIFE_NANOS) {
        return HEAD_BYTES;
      }
    }
    onRefused.run();
    return -1;
  }

  private byte[] macOf(long time, InetSocketAddress address, ByteBuf id) {
    byte[] ip = address.getAddress().getAddress();
    mac.update(ByteBuffer.allocate(TIME_BYTES).putLong(time).flip());
    mac.update((byte) ip.length);
    mac.update(ip);
    mac.update(ByteBuffer.allocate(4).putInt(address.getPort()).flip());
    mac.update(id.nioBuffer());
    return Arrays.copyOf(mac.doFinal(), MAC_BYTES);
  }

  @Override
  public int maxTokenLength() {
    return HEAD_BYTES + Quic.MAX_CONN_ID_LEN;
  }
}
