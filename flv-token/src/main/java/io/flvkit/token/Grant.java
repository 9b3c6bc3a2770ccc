package io.flvkit.token;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a signed link is to allow. {@code Grant.until(expiry)} opens exactly the signed path for
 * anybody; the other methods return a narrower or wider copy. Immutable.
 */
public final class Grant {
  private final Instant expiry;
  private final Scope scope;
  private final @Nullable Instant notBefore;
  private final @Nullable ClientAddress address;
  private final int prefixBits;
  private final Map<String, String> fields;

  private Grant(
      Instant expiry,
      Scope scope,
      @Nullable Instant notBefore,
      @Nullable ClientAddress address,
      int prefixBits,
      Map<String, String> fields) {
    this.expiry = expiry;
    this.scope = scope;
    this.notBefore = notBefore;
    this.address = address;
    this.prefixBits = prefixBits;
    this.fields = fields;
  }

  /** Opens exactly the signed path until {@code expiry}; fractions of a second are cut. */
  public static Grant until(Instant expiry) {
    return new Grant(expiry, Scope.EXACT, null, null, 0, Map.of());
  }

  /** Opens as much as {@code scope} says, seen from the signed path. */
  public Grant scope(Scope scope) {
    return new Grant(expiry, scope, notBefore, address, prefixBits, fields);
  }

  /** Opens nothing before {@code notBefore}, in schemes that can say so. */
  public Grant notBefore(Instant notBefore) {
    return new Grant(expiry, scope, notBefore, address, prefixBits, fields);
  }

  /** Opens only for this viewer, in schemes that can say so. */
  public Grant boundTo(ClientAddress address) {
    return boundTo(address, address.bits());
  }

  /**
   * Opens only for the network that the first {@code prefixBits} bits of {@code address} name, in
   * schemes that can say so: {@code /24} for a viewer behind a carrier's NAT. Throws {@link
   * IllegalArgumentException} if the address has fewer bits.
   */
  public Grant boundTo(ClientAddress address, int prefixBits) {
    if (prefixBits < 0 || prefixBits > address.bits()) {
      throw new IllegalArgumentException(
          "a prefix of " + address + " has no " + prefixBits + " bits");
    }
    return new Grant(expiry, scope, notBefore, address, prefixBits, fields);
  }

  /**
   * Adds a field that a scheme knows by this name, such as {@code uid}; see the description of the
   * scheme.
   */
  public Grant with(String field, String value) {
    Map<String, String> more = new TreeMap<>(fields);
    more.put(field, value);
    return new Grant(expiry, scope, notBefore, address, prefixBits, Map.copyOf(more));
  }

  /** Returns the last moment. */
  public Instant expiry() {
    return expiry;
  }

  /** Returns what is opened. */
  public Scope scope() {
    return scope;
  }

  /** Returns the first moment, if there is one. */
  public Optional<Instant> notBefore() {
    return Optional.ofNullable(notBefore);
  }

  /** Returns the viewer, if it is bound to one. */
  public Optional<ClientAddress> address() {
    return Optional.ofNullable(address);
  }

  /** Returns how many bits of the address count; all of them for a single viewer. */
  public int prefixBits() {
    return prefixBits;
  }

  /** Returns whether it is bound to a network rather than to one viewer. */
  public boolean isBoundToNetwork() {
    return address != null && prefixBits < address.bits();
  }

  /** Returns the further fields by name. */
  public Map<String, String> fields() {
    return fields;
  }
}
