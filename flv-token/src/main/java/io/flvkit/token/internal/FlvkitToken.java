package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.flvkit.token.CanonicalPath;
import io.flvkit.token.ClientAddress;
import io.flvkit.token.Grant;
import io.flvkit.token.Link;
import io.flvkit.token.Scope;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tuple that our own schemes sign. Every part of variable length has its length before it, so
 * that no two tuples have the same bytes; integers are big-endian:
 *
 * <pre>
 * version 1 | algorithm 1 | key id 1+n
 *   | scope 1 | path 2+n | not before 8 | expiry 8 | network 1+n+1 | rendition 1
 * </pre>
 *
 * <p>The path is decoded UTF-8, a directory's with its slash. A network of length 0 has no bits and
 * means everybody; rendition 0 means any.
 */
final class FlvkitToken {
  static final int VERSION = 1;
  static final int HEADER_BYTES = 3;

  private static final List<Scope> SCOPES = List.of(Scope.EXACT, Scope.DIRECTORY, Scope.TREE);
  private static final int FIXED_BYTES = HEADER_BYTES + 1 + 2 + 8 + 8 + 2 + 1;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int scope;
  private final int pathStart;
  private final int pathBytes;
  private final long notBeforeSeconds;
  private final long expirySeconds;
  private final int networkStart;
  private final int networkBytes;
  private final int networkBits;
  private final int rendition;

  private FlvkitToken(byte[] bytes, int pathStart, int pathBytes, int networkStart) {
    this.bytes = bytes;
    this.scope = bytes[pathStart - 3];
    this.pathStart = pathStart;
    this.pathBytes = pathBytes;
    this.notBeforeSeconds = (long) LONG.get(bytes, pathStart + pathBytes);
    this.expirySeconds = (long) LONG.get(bytes, pathStart + pathBytes + Long.BYTES);
    this.networkStart = networkStart;
    this.networkBytes = bytes[networkStart - 1] & 0xFF;
    this.networkBits = bytes[networkStart + networkBytes] & 0xFF;
    this.rendition = bytes[networkStart + networkBytes + 1];
  }

  /**
   * Reads what follows the key id, from {@code start} to {@code end}. Keeps {@code bytes}. Returns
   * null if that is no such tuple.
   */
  static @Nullable FlvkitToken read(byte[] bytes, int start, int end) {
    int pathStart = start + 3;
    if (pathStart > end) {
      return null;
    }
    int pathBytes = (bytes[start + 1] & 0xFF) << 8 | (bytes[start + 2] & 0xFF);
    int networkStart = pathStart + pathBytes + 2 * Long.BYTES + 1;
    boolean complete =
        networkStart <= end && networkStart + (bytes[networkStart - 1] & 0xFF) + 2 == end;
    if (!complete) {
      return null;
    }
    FlvkitToken token = new FlvkitToken(bytes, pathStart, pathBytes, networkStart);
    return token.isSound() ? token : null;
  }

  private boolean isSound() {
    return scope >= 0
        && scope < SCOPES.size()
        && rendition >= 0
        && rendition <= Rendition.ALL.size()
        && networkBits <= 8 * networkBytes
        && expirySeconds >= 0;
  }

  /** Returns the tuple of a grant. */
  static byte[] write(byte algorithm, String keyId, CanonicalPath path, Grant grant) {
    byte[] id = keyId.getBytes(US_ASCII);
    byte[] scopePath =
        (grant.scope() == Scope.EXACT ? path : path.directory()).decoded().getBytes(UTF_8);
    byte[] network = grant.address().map(ClientAddress::octets).orElse(new byte[0]);
    String rendition = grant.fields().getOrDefault("rendition", "");
    byte[] bytes = new byte[FIXED_BYTES + id.length + scopePath.length + network.length];
    ByteBuffer tuple = ByteBuffer.wrap(bytes);
    tuple.put((byte) VERSION).put(algorithm).put((byte) id.length).put(id);
    tuple.put((byte) SCOPES.indexOf(grant.scope()));
    tuple.putShort((short) scopePath.length).put(scopePath);
    tuple.putLong(grant.notBefore().map(start -> start.getEpochSecond()).orElse(Rules.NO_START));
    tuple.putLong(grant.expiry().getEpochSecond());
    tuple.put((byte) network.length).put(network).put((byte) grant.prefixBits());
    tuple.put((byte) (Rendition.ALL.indexOf(rendition) + 1));
    return bytes;
  }

  /** Throws {@link IllegalArgumentException} if a tuple cannot hold what {@code grant} says. */
  static void check(Grant grant) {
    String rendition = grant.fields().getOrDefault("rendition", Rendition.FULL);
    if (!SCOPES.contains(grant.scope())) {
      throw new IllegalArgumentException("the scheme cannot open the scope " + grant.scope());
    }
    if (!grant.fields().keySet().stream().allMatch("rendition"::equals)
        || !Rendition.ALL.contains(rendition)) {
      throw new IllegalArgumentException("the one field is rendition, one of " + Rendition.ALL);
    }
    if (grant.expiry().getEpochSecond() < 0) {
      throw new IllegalArgumentException("the expiry is before 1970");
    }
  }

  Scope scope() {
    return SCOPES.get(scope);
  }

  long notBeforeSeconds() {
    return notBeforeSeconds;
  }

  long expirySeconds() {
    return expirySeconds;
  }

  boolean isBound() {
    return networkBytes > 0;
  }

  /** Returns whether the viewer is in the network that the token is bound to, if it is. */
  boolean opensTo(@Nullable ClientAddress client) {
    return !isBound()
        || (client != null
            && Network.holds(bytes, networkStart, networkBytes, networkBits, client.octets()));
  }

  /** Returns whether the token was made for a rendition other than the one asked for. */
  boolean excludesRendition(Link link) {
    return rendition > 0 && !Rendition.ALL.get(rendition - 1).equals(Rendition.of(link));
  }

  /** Returns whether the decoded path in the first {@code count} bytes is in the scope. */
  boolean opens(byte[] asked, int count) {
    int compared = scope() == Scope.EXACT ? count : pathBytes;
    boolean under =
        compared == pathBytes
            && count >= pathBytes
            && Arrays.equals(asked, 0, compared, bytes, pathStart, pathStart + pathBytes);
    return under && (scope() != Scope.DIRECTORY || isLast(asked, pathBytes, count));
  }

  private static boolean isLast(byte[] path, int from, int end) {
    for (int i = from; i < end; i++) {
      if (path[i] == '/') {
        return false;
      }
    }
    return true;
  }
}
