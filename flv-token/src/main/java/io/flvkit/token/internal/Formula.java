package io.flvkit.token.internal;

import io.flvkit.token.CanonicalPath;
import io.flvkit.token.ClientAddress;
import io.flvkit.token.Grant;
import io.flvkit.token.Link;
import io.flvkit.token.Scope;
import io.flvkit.token.Verdict;
import io.flvkit.token.Verdict.Denied;
import io.flvkit.token.Verdict.Granted;
import io.flvkit.token.Verdict.Reason;
import io.flvkit.token.internal.FormulaText.Digits;
import io.flvkit.token.internal.FormulaText.Hash;
import java.security.DigestException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies by a {@link FormulaText}. The signature is checked before the expiry, as nginx
 * does, so that only the holder of a link that was once good learns that it has expired.
 */
public final class Formula implements TokenFormat {
  static final int TOKEN = 0;
  static final int TIME = 1;

  private final FormulaText text;
  private final List<String> slots;
  private final FormulaInput input;
  private final List<Carriage> carriages = new ArrayList<>();

  /** Prepares a description. */
  public Formula(FormulaText text) {
    this.text = text;
    this.slots = slots(text);
    this.input = new FormulaInput(Template.of(text.input()), slots);
    if (text.path() != null) {
      carriages.add(new PathCarriage(text.path(), text.time()));
    }
    if (!text.query().isEmpty()) {
      carriages.add(new QueryCarriage(text.query(), slots));
    }
  }

  private static List<String> slots(FormulaText text) {
    Set<String> names = new LinkedHashSet<>(List.of("token", "time"));
    text.query().forEach(pattern -> names.addAll(Template.of(pattern).names()));
    return List.copyOf(names);
  }

  @Override
  public Set<String> parameters() {
    Set<String> names = new LinkedHashSet<>();
    carriages.forEach(carriage -> names.addAll(carriage.parameters()));
    return names;
  }

  @Override
  public boolean carriesInPath() {
    return text.path() != null;
  }

  @Override
  public void check(Rules rules) {
    boolean opens =
        rules.scope() == Scope.EXACT || (rules.scope() == Scope.DIRECTORY && input.usesPath());
    if (!opens) {
      throw new IllegalArgumentException("the scheme cannot open the scope " + rules.scope());
    }
    if (rules.bindIp() && !input.usesIp()) {
      throw new IllegalArgumentException("the scheme cannot be bound to an address");
    }
  }

  @Override
  public Verdict verify(
      Link link, @Nullable ClientAddress client, List<Key> keys, Rules rules, Instant now) {
    Workspace workspace = Workspace.begin();
    Carriage carriage = carriages.get(0);
    Reason reason = carriage.locate(link, workspace);
    if (reason == Reason.MISSING && carriages.size() > 1) {
      carriage = carriages.get(1);
      reason = carriage.locate(link, workspace);
    }
    return reason != null
        ? new Denied(reason)
        : verify(link, carriage, workspace, client, keys, rules, now);
  }

  private Verdict verify(
      Link link,
      Carriage carriage,
      Workspace workspace,
      @Nullable ClientAddress client,
      List<Key> keys,
      Rules rules,
      Instant now) {
    String source = carriage.source(link);
    long time = text.time().seconds(source, workspace.starts[TIME], workspace.ends[TIME]);
    if (time == TimeText.NONE || !decodeToken(source, workspace)) {
      return new Denied(Reason.MALFORMED);
    }
    if (rules.bindIp() && client == null) {
      return new Denied(Reason.WRONG_ADDRESS);
    }
    String ip = rules.bindIp() && client != null ? client.text() : "";
    CanonicalPath path = scoped(carriage.resource(link), rules.scope());
    for (int i = 0; i < keys.size(); i++) {
      Key key = keys.get(i);
      compute(path, ip, key, source, workspace);
      if (Bytes.same(workspace.given, workspace.computed, text.hash().bytes()) && !key.isWiped()) {
        return timely(key, time + rules.validitySeconds(), rules, now);
      }
    }
    return new Denied(Reason.BAD_SIGNATURE);
  }

  private static Verdict timely(Key key, long expirySeconds, Rules rules, Instant now) {
    return rules.expired(expirySeconds, now.getEpochSecond())
        ? new Denied(Reason.EXPIRED)
        : new Granted(key.id(), rules.scope(), Instant.ofEpochSecond(expirySeconds));
  }

  private static CanonicalPath scoped(CanonicalPath path, Scope scope) {
    return scope == Scope.DIRECTORY ? path.directory() : path;
  }

  private boolean decodeToken(String source, Workspace workspace) {
    int start = workspace.starts[TOKEN];
    int end = workspace.ends[TOKEN];
    byte[] given = workspace.given;
    if (text.digits() == Digits.HEX) {
      return Hex.decode(source, start, end, given) == text.hash().bytes();
    }
    boolean nginx = text.digits() == Digits.BASE64URL_NGINX;
    for (int i = 0; nginx && i < 2 && end > start && source.charAt(end - 1) == '='; i++) {
      end--;
    }
    return Base64Url.decode(source, start, end, given, !nginx) == text.hash().bytes();
  }

  private void compute(CanonicalPath path, String ip, Key key, String source, Workspace workspace) {
    input.write(path, ip, key, source, workspace);
    MessageDigest digest = text.hash() == Hash.MD5 ? workspace.md5() : workspace.sha256();
    try {
      digest.update(workspace.input(), 0, workspace.count());
      digest.digest(workspace.computed, 0, text.hash().bytes());
    } catch (DigestException e) {
      throw new IllegalStateException("the signature buffer is too small", e);
    } finally {
      workspace.wipe();
    }
  }

  @Override
  public Link sign(Link link, Grant grant, Key key, Rules rules) {
    check(new Rules(grant.scope(), grant.address().isPresent(), false, 0, 0));
    if (grant.notBefore().isPresent()) {
      throw new IllegalArgumentException("the scheme knows no start time");
    }
    List<String> values = new ArrayList<>();
    Workspace workspace = Workspace.begin();
    StringBuilder source = new StringBuilder();
    for (int slot = 0; slot < slots.size(); slot++) {
      String value = slot == TOKEN ? "" : value(slot, grant, rules);
      workspace.starts[slot] = source.length();
      workspace.ends[slot] = source.append(value).length();
      values.add(value);
    }
    String ip = grant.address().map(ClientAddress::text).orElse("");
    compute(scoped(link.path(), grant.scope()), ip, key, source.toString(), workspace);
    values.set(TOKEN, token(workspace.computed));
    return carriages.get(0).put(link, values);
  }

  private String value(int slot, Grant grant, Rules rules) {
    if (slot == TIME) {
      return text.time().format(grant.expiry().getEpochSecond() - rules.validitySeconds());
    }
    String value = grant.fields().getOrDefault(slots.get(slot), "0");
    if (!value.matches("[A-Za-z0-9._~]{1,64}")) {
      throw new IllegalArgumentException(
          "the field " + slots.get(slot) + " is 1 to 64 of A-Za-z0-9._~");
    }
    return value;
  }

  private String token(byte[] computed) {
    int bytes = text.hash().bytes();
    return text.digits() == Digits.HEX
        ? Hex.encode(computed, bytes)
        : Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(computed, bytes));
  }

  @Override
  public Link withoutToken(Link link) {
    Link rest = link;
    for (Carriage carriage : carriages) {
      rest = carriage.without(rest);
    }
    return rest;
  }
}
