package io.flvkit.token.internal;

import io.flvkit.token.ClientAddress;
import io.flvkit.token.Grant;
import io.flvkit.token.Link;
import io.flvkit.token.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One way to carry and prove a token. Stateless, safe for any number of threads. */
public interface TokenFormat {
  /** The names of the query parameters that belong to the token. */
  Set<String> parameters();

  /** Returns whether the path of a link may begin with its token. */
  boolean carriesInPath();

  /** Throws {@link IllegalArgumentException} if this format cannot follow {@code rules}. */
  void check(Rules rules);

  /** Returns {@code link}, which carries no token, with one. */
  Link sign(Link link, Grant grant, Key key, Rules rules);

  /** Never throws, whatever {@code link} holds. */
  Verdict verify(
      Link link, @Nullable ClientAddress client, List<Key> keys, Rules rules, Instant now);

  /** Returns {@code link} without any part of a token, its own or a stranger's. */
  Link withoutToken(Link link);
}
