package io.flvkit.token.internal;

import io.flvkit.token.CanonicalPath;
import io.flvkit.token.Link;
import io.flvkit.token.LinkFormula.Time;
import io.flvkit.token.Scope;
import io.flvkit.token.Verdict.Reason;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Time and token as the first two segments of the path: <code>/{time}/{token}/live/a.flv</code>.
 */
final class PathCarriage implements Carriage {
  private static final int TOKEN_CHARS = 32;

  private final Time time;
  private final boolean timeFirst;

  PathCarriage(String pattern, Time time) {
    this.time = time;
    this.timeFirst = pattern.startsWith("/{time}");
  }

  @Override
  public Set<String> parameters() {
    return Set.of();
  }

  @Override
  public @Nullable Reason locate(Link link, Workspace workspace) {
    String path = link.path().encoded();
    char[] text = workspace.read(path);
    int second = path.indexOf('/', 1);
    int rest = second < 0 ? -1 : path.indexOf('/', second + 1);
    if (rest < 0) {
      return Reason.MISSING;
    }
    int timeStart = timeFirst ? 1 : second + 1;
    int timeEnd = timeFirst ? second : rest;
    int tokenStart = timeFirst ? second + 1 : 1;
    int tokenEnd = timeFirst ? rest : second;
    boolean looksRight =
        tokenEnd - tokenStart == TOKEN_CHARS
            && TimeText.seconds(time, text, timeStart, timeEnd) != TimeText.NONE;
    if (!looksRight) {
      return Reason.MISSING;
    }
    workspace.starts[Formula.TIME] = timeStart;
    workspace.ends[Formula.TIME] = timeEnd;
    workspace.starts[Formula.TOKEN] = tokenStart;
    workspace.ends[Formula.TOKEN] = tokenEnd;
    return null;
  }

  @Override
  public Resource resource(Link link, Scope scope) {
    return Resource.of(rest(link), scope);
  }

  private static Link rest(Link link) {
    String path = link.path().encoded();
    String rest = path.substring(path.indexOf('/', path.indexOf('/', 1) + 1));
    return link.with(CanonicalPath.parse(rest), link.query());
  }

  @Override
  public Link put(Link link, List<String> values) {
    String first = values.get(timeFirst ? Formula.TIME : Formula.TOKEN);
    String second = values.get(timeFirst ? Formula.TOKEN : Formula.TIME);
    String path = "/" + first + "/" + second + link.path().encoded();
    return link.with(CanonicalPath.parse(path), link.query());
  }

  @Override
  public Link without(Link link) {
    boolean carries = locate(link, Workspace.begin()) == null;
    return carries ? rest(link) : link;
  }
}
