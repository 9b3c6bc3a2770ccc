package io.flvkit.token.internal;

import io.flvkit.token.Link;
import io.flvkit.token.Scope;
import io.flvkit.token.Verdict.Reason;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a {@link Formula} keeps the token, the time and further fields of a link. */
interface Carriage {
  /** Returns the query parameters that belong to the token. */
  Set<String> parameters();

  /** Returns null if the fields are there; text and places are in the workspace then. */
  @Nullable Reason locate(Link link, Workspace workspace);

  /**
   * Returns what is signed: the link's path without the token, or the directory that holds it. To
   * be called after {@link #locate}.
   */
  Resource resource(Link link, Scope scope);

  /** Returns {@code link} with these values, by slot. */
  Link put(Link link, List<String> values);

  /** Returns {@code link} without what this carriage would put there. */
  Link without(Link link);
}
