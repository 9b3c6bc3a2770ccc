package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flvkit.token.ClientAddress;
import io.flvkit.token.Link;
import io.flvkit.token.LinkFormula;
import io.flvkit.token.Verdict;
import io.flvkit.token.Verdict.Denied;
import io.flvkit.token.Verdict.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies by a formula: the token is computed anew with each key and compared. The signature comes
 * before the expiry, as in nginx, so that only the holder of a link that was once good learns that
 * it has expired.
 */
final class FormulaVerifier implements TokenFormat.Verifier {
  private static final byte[] NOBODY = {};

  private final LinkFormula text;
  private final FormulaInput input;
  private final Carriage[] carriages;
  private final FormulaKey[] keys;
  private final Rules rules;

  FormulaVerifier(
      LinkFormula text,
      FormulaInput input,
      List<Carriage> carriages,
      List<FormulaKey> keys,
      Rules rules) {
    this.text = text;
    this.input = input;
    this.carriages = carriages.toArray(Carriage[]::new);
    this.keys = keys.toArray(FormulaKey[]::new);
    this.rules = rules;
  }

  @Override
  public Verdict verify(
      Link link, Workspace workspace, @Nullable ClientAddress client, Instant now) {
    Carriage carriage = carriages[0];
    Reason reason = carriage.locate(link, workspace);
    if (reason == Reason.MISSING && carriages.length > 1) {
      carriage = carriages[1];
      reason = carriage.locate(link, workspace);
    }
    return reason != null ? new Denied(reason) : verify(link, carriage, workspace, client, now);
  }

  private Verdict verify(
      Link link,
      Carriage carriage,
      Workspace workspace,
      @Nullable ClientAddress client,
      Instant now) {
    int timeStart = workspace.starts[Formula.TIME];
    int tokenStart = workspace.starts[Formula.TOKEN];
    int tokenEnd = workspace.ends[Formula.TOKEN];
    long time =
        TimeText.seconds(text.time(), workspace.text(), timeStart, workspace.ends[Formula.TIME]);
    if (time == TimeText.NONE
        || !TokenText.read(text, workspace.text(), tokenStart, tokenEnd, workspace.given)) {
      return new Denied(Reason.MALFORMED);
    }
    byte[] ip = rules.bindIp() ? textIfKnown(client) : NOBODY;
    if (ip == null) {
      return new Denied(Reason.WRONG_ADDRESS);
    }
    Resource resource = carriage.resource(link, rules.scope());
    for (FormulaKey key : keys) {
      input.write(resource, ip, key.key(), workspace);
      key.compute(workspace, text.hash());
      if (Bytes.same(workspace.given, workspace.computed, text.hash().bytes())) {
        return rules.judge(key.key(), rules.scope(), Rules.NO_START, time, now);
      }
    }
    return new Denied(Reason.BAD_SIGNATURE);
  }

  private static byte @Nullable [] textIfKnown(@Nullable ClientAddress client) {
    return client == null ? null : client.text().getBytes(US_ASCII);
  }
}
