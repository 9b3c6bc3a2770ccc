package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flvkit.token.Grant;
import io.flvkit.token.Link;
import io.flvkit.token.LinkFormula;
import io.flvkit.token.LinkFormula.Time;
import io.flvkit.token.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Signs and verifies as a {@link LinkFormula} says. */
public final class Formula implements TokenFormat {
  static final int TOKEN = 0;
  static final int TIME = 1;

  private static final Set<String> IN_PATH = Set.of("token", "time");

  private final LinkFormula text;
  private final List<String> slots;
  private final FormulaInput input;
  private final List<Carriage> carriages = new ArrayList<>();

  /**
   * Prepares a description. Throws {@link IllegalArgumentException} if its links do not carry what
   * is needed to verify them.
   */
  public Formula(LinkFormula text) {
    this.text = text;
    this.slots = slots(text);
    this.input = new FormulaInput(Template.of(text.input()), slots);
    if (text.path() != null) {
      carriages.add(new PathCarriage(text.path(), text.time()));
    }
    if (!text.query().isEmpty()) {
      carriages.add(new QueryCarriage(text.query(), slots));
    }
    if (carriages.isEmpty()) {
      throw new IllegalArgumentException("the formula has no place for the token");
    }
    if (slots.size() > Workspace.FIELDS_MAX || text.query().size() > Workspace.FIELDS_MAX) {
      throw new IllegalArgumentException("the formula has more than 8 fields");
    }
    Set<String> carried = carried();
    if (!carried.contains("token") || (text.time() == Time.NEVER) == carried.contains("time")) {
      throw new IllegalArgumentException(
          "a link carries the token, and the time unless it is good for ever");
    }
    if (!carried.containsAll(input.fields())) {
      throw new IllegalArgumentException("the formula hashes more than a link carries");
    }
  }

  private static List<String> slots(LinkFormula text) {
    Set<String> names = new LinkedHashSet<>(List.of("token", "time"));
    text.query().forEach(pattern -> names.addAll(Template.of(pattern).names()));
    return List.copyOf(names);
  }

  /** The names that every link carries, whichever way. */
  private Set<String> carried() {
    Set<String> names = new HashSet<>(text.query().isEmpty() ? IN_PATH : Set.of());
    text.query().forEach(pattern -> names.addAll(Template.of(pattern).names()));
    if (text.path() != null) {
      names.retainAll(IN_PATH);
    }
    return names;
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
  public Verifier verifier(List<Key> keys, Rules rules) {
    check(rules.scope(), rules.bindIp());
    List<FormulaKey> prepared = keys.stream().map(key -> FormulaKey.of(key, text.hash())).toList();
    return new FormulaVerifier(text, input, carriages, prepared, rules);
  }

  @Override
  public Signer signer(Key key, Rules rules) {
    FormulaKey prepared = FormulaKey.of(key, text.hash());
    return (link, grant) -> {
      check(grant.scope(), grant.address().isPresent());
      return sign(link, grant, prepared, rules);
    };
  }

  private void check(Scope scope, boolean bindIp) {
    if (scope != Scope.EXACT && !(scope == Scope.DIRECTORY && input.usesPath())) {
      throw new IllegalArgumentException("the scheme cannot open the scope " + scope);
    }
    if (bindIp && !input.usesIp()) {
      throw new IllegalArgumentException("the scheme cannot be bound to an address");
    }
  }

  private Link sign(Link link, Grant grant, FormulaKey key, Rules rules) {
    if (grant.notBefore().isPresent()) {
      throw new IllegalArgumentException("the scheme knows no start time");
    }
    if (grant.isBoundToNetwork()) {
      throw new IllegalArgumentException("the scheme binds links to single addresses");
    }
    if (!slots.containsAll(grant.fields().keySet())) {
      throw new IllegalArgumentException(
          "the scheme does not know all of " + grant.fields().keySet());
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
    byte[] ip = grant.address().map(address -> address.text()).orElse("").getBytes(US_ASCII);
    Resource resource = Resource.of(link, grant.scope());
    if (input.usesStream() && FormulaInput.stream(resource.path()).isEmpty()) {
      throw new IllegalArgumentException("the path names no stream");
    }
    workspace.read(source.toString());
    input.write(resource, ip, key.key(), workspace);
    key.compute(workspace, text.hash());
    values.set(TOKEN, TokenText.write(text, workspace.computed));
    return carriages.get(0).put(link, values);
  }

  private String value(int slot, Grant grant, Rules rules) {
    if (slot == TIME) {
      return TimeText.format(
          text.time(), grant.expiry().getEpochSecond() - rules.validitySeconds());
    }
    String name = slots.get(slot);
    // A field that has a parameter to itself may be absent; one that shares it must be something.
    String absent = text.query().stream().anyMatch(p -> p.endsWith("={" + name + "}")) ? "" : "0";
    String value = grant.fields().getOrDefault(name, absent);
    if (!value.matches("[A-Za-z0-9._~]{0,64}")) {
      throw new IllegalArgumentException("the field " + name + " is at most 64 of A-Za-z0-9._~");
    }
    return value;
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
