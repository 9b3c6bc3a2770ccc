package io.flvkit.edge.access;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code User-Agent} may look like: a text that it equals, {@code ""} for an absent one, or
 * a regular expression that is found in it: {@code ~regex} with, {@code ~*regex} without regard to
 * case.
 */
public final class AgentPattern {
  private final String text;
  private final @Nullable Pattern regex;

  private AgentPattern(String text, @Nullable Pattern regex) {
    this.text = text;
    this.regex = regex;
  }

  /** Reads a pattern. Throws {@code IllegalArgumentException} if its regular expression is none. */
  public static AgentPattern parse(String text) {
    if (!text.startsWith("~")) {
      return new AgentPattern(text, null);
    }
    boolean anyCase = text.startsWith("~*");
    try {
      return new AgentPattern(
          text,
          Pattern.compile(text.substring(anyCase ? 2 : 1), anyCase ? Pattern.CASE_INSENSITIVE : 0));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "is no regular expression: " + e.getDescription() + " at character " + e.getIndex(), e);
    }
  }

  /**
   * Whether an agent, {@code ""} if absent, is meant. Throws {@code IllegalStateException} if the
   * expression is too much for it, which the policy turns into a denial.
   */
  boolean matches(String agent) {
    if (regex == null) {
      return text.equals(agent);
    }
    try {
      return regex.matcher(new BoundedText(agent)).find();
    } catch (StackOverflowError e) {
      // Java's expressions recurse: a group repeated over a long text may exhaust the stack.
      throw new IllegalStateException("the expression goes too deep", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AgentPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The pattern as written in a configuration. */
  @Override
  public String toString() {
    return text;
  }
}
