package io.flvkit.token.internal;

import io.flvkit.token.ClientAddress;
import io.flvkit.token.Link;
import io.flvkit.token.Scope;
import io.flvkit.token.Verdict;
import io.flvkit.token.Verdict.Denied;
import io.flvkit.token.Verdict.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Our own schemes: a {@link FlvkitToken} and its proof in one parameter, base64url. */
public final class FlvkitFormat implements TokenFormat {
  private static final String FORMULA =
      "?token={token}  token = BASE64URL of tuple + proof, tuple = version, algorithm, key id, scope,"
          + " path, not before, expiry, network, rendition, all with their lengths; proof = ";

  private static final String TOKEN = "token";

  private final Proof proof;

  private FlvkitFormat(Proof proof) {
    this.proof = proof;
  }

  /** Returns the formula for people. */
  public String formula() {
    return FORMULA + proof.name() + " of the tuple";
  }

  /** Proved by HMAC-SHA256. */
  public static FlvkitFormat hmac() {
    return new FlvkitFormat(new HmacProof());
  }

  /** Proved by Ed25519. */
  public static FlvkitFormat ed25519() {
    return new FlvkitFormat(new Ed25519Proof());
  }

  @Override
  public Set<String> parameters() {
    return Set.of(TOKEN);
  }

  @Override
  public Signer signer(Key key, Rules rules) {
    Proof.Signing signing = proof.signing(key);
    return (link, grant) -> {
      FlvkitToken.check(grant);
      byte[] tuple = FlvkitToken.write(proof.code(), key.id(), link.path(), grant);
      byte[] signature = signing.sign(tuple);
      byte[] token = Arrays.copyOf(tuple, tuple.length + signature.length);
      System.arraycopy(signature, 0, token, tuple.length, signature.length);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(token);
      return link.with(link.path(), Query.with(link.query(), TOKEN + "=" + text));
    };
  }

  @Override
  public Verifier verifier(List<Key> keys, Rules rules) {
    Candidate[] candidates =
        keys.stream().map(key -> new Candidate(key, proof.checking(key))).toArray(Candidate[]::new);
    return (link, workspace, client, now) ->
        verify(link, workspace, client, candidates, rules, now);
  }

  private record Candidate(Key key, Proof.Checking checking) {}

  private Verdict verify(
      Link link,
      Workspace workspace,
      @Nullable ClientAddress client,
      Candidate[] candidates,
      Rules rules,
      Instant now) {
    long found = Query.find(link.written(), link.queryStart(), TOKEN);
    if (found == Query.ABSENT) {
      return new Denied(Reason.MISSING);
    }
    if (found == Query.TWICE) {
      return new Denied(Reason.MALFORMED);
    }
    int start = Query.start(found);
    int end = Query.end(found);
    char[] text = workspace.read(link.written());
    byte[] token = workspace.token(end - start);
    int count = Base64Url.decode(text, start, end, token, true) - proof.bytes();
    int bodyStart = bodyStart(token, count);
    if (bodyStart < 0) {
      return new Denied(Reason.MALFORMED);
    }
    Candidate candidate = named(token, candidates);
    // An unknown key costs as much time as a known one.
    Candidate tried = candidate == null ? candidates[0] : candidate;
    boolean proven = tried.checking.proves(token, count, workspace);
    if (candidate == null) {
      return new Denied(Reason.UNKNOWN_KEY);
    }
    return proven
        ? judge(token, bodyStart, count, link, workspace, client, candidate.key, rules, now)
        : new Denied(Reason.BAD_SIGNATURE);
  }

  /** Where the key id ends, or -1 if {@code count} bytes hold no tuple of ours. */
  private int bodyStart(byte[] token, int count) {
    boolean ours =
        count >= FlvkitToken.HEADER_BYTES
            && token[0] == FlvkitToken.VERSION
            && token[1] == proof.code();
    int idEnd = ours ? FlvkitToken.HEADER_BYTES + (token[2] & 0xFF) : count + 1;
    return idEnd <= count ? idEnd : -1;
  }

  private static @Nullable Candidate named(byte[] token, Candidate[] candidates) {
    for (Candidate candidate : candidates) {
      if (candidate.key.isNamed(token, FlvkitToken.HEADER_BYTES, token[2] & 0xFF)) {
        return candidate;
      }
    }
    return null;
  }

  private static Verdict judge(
      byte[] bytes,
      int start,
      int end,
      Link link,
      Workspace workspace,
      @Nullable ClientAddress client,
      Key key,
      Rules rules,
      Instant now) {
    FlvkitToken token = FlvkitToken.read(bytes, start, end);
    if (token == null) {
      return new Denied(Reason.MALFORMED);
    }
    Resource.inText(link, Scope.EXACT).addDecoded(workspace);
    if (rules.excludes(token.scope())
        || !token.opens(workspace.input(), workspace.count())
        || token.excludesRendition(link)) {
      return new Denied(Reason.OUT_OF_SCOPE);
    }
    if (!token.opensTo(client) || (rules.bindIp() && !token.isBound())) {
      return new Denied(Reason.WRONG_ADDRESS);
    }
    return rules.judge(key, token.scope(), token.notBeforeSeconds(), token.expirySeconds(), now);
  }
}
