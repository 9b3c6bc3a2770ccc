package io.flvkit.token.internal;

import io.flvkit.token.ClientAddress;
import io.flvkit.token.Grant;
import io.flvkit.token.Link;
import io.flvkit.token.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One way to carry and prove a token. Safe for any number of threads, like all that it makes. */
public interface TokenFormat {
  /** Returns the names of the query parameters that belong to the token. */
  Set<String> parameters();

  /** Returns whether the path of a link may begin with its token. */
  default boolean carriesInPath() {
    return false;
  }

  /**
   * Returns a signer with {@code key}. Throws {@link IllegalArgumentException} if the key is none
   * of this format.
   */
  Signer signer(Key key, Rules rules);

  /**
   * Returns a verifier with {@code keys}. Throws {@link IllegalArgumentException} if one of them is
   * none of this format or it cannot follow {@code rules}.
   */
  Verifier verifier(List<Key> keys, Rules rules);

  /** Returns {@code link} without any part of a token, its own or a stranger's. */
  default Link withoutToken(Link link) {
    return link.with(link.path(), Query.without(link.query(), parameters()));
  }

  /** Makes links with tokens. */
  interface Signer {
    /**
     * Returns {@code link}, which carries no token, with one. Throws {@link
     * IllegalArgumentException} if the format cannot express {@code grant}.
     */
    Link sign(Link link, Grant grant);
  }

  /** Judges links. */
  interface Verifier {
    /**
     * Never throws, whatever {@code link} holds. The workspace is the thread's, which may hold the
     * text of the link already.
     */
    Verdict verify(Link link, Workspace workspace, @Nullable ClientAddress client, Instant now);
  }
}
