package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flvkit.token.CanonicalPath;
import io.flvkit.token.Link;
import io.flvkit.token.Scope;

/**
 * The path that is signed, as bytes for a hash: straight from the text of a link if it stands there
 * in its canonical form, which saves most verifiers from ever making it a string.
 */
final class Resource {
  private final Link link;
  private final boolean plain;
  private final Scope scope;

  private Resource(Link link, boolean plain, Scope scope) {
    this.link = link;
    this.plain = plain;
    this.scope = scope;
  }

  /** The path of a link, or the directory that holds it. */
  static Resource of(Link link, Scope scope) {
    return new Resource(link, false, scope);
  }

  /** The same of a link whose text is the workspace's. */
  static Resource inText(Link link, Scope scope) {
    return new Resource(link, link.hasPlainPath() && scope == Scope.EXACT, scope);
  }

  CanonicalPath path() {
    return scope == Scope.DIRECTORY ? link.path().directory() : link.path();
  }

  void addDecoded(Workspace workspace) {
    if (plain) {
      workspace.addAscii(link.pathStart(), link.pathEnd());
    } else {
      workspace.add(path().decoded().getBytes(UTF_8));
    }
  }

  void addEncoded(Workspace workspace) {
    if (plain) {
      workspace.addAscii(link.pathStart(), link.pathEnd());
    } else {
      workspace.add(path().encoded().getBytes(UTF_8));
    }
  }
}
