package io.flvkit.token;

import io.flvkit.token.internal.Formula;
import io.flvkit.token.internal.FormulaText;
import io.flvkit.token.internal.FormulaText.Digits;
import io.flvkit.token.internal.FormulaText.Hash;
import io.flvkit.token.internal.TimeText;
import io.flvkit.token.internal.TokenFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One way to sign links: the formula of a CDN, a standard, or our own. Immutable. */
public final class Scheme {
  /**
   * Gcore Secure Token, which is nginx's {@code secure_link_md5
   * "$secure_link_expires$uri$remote_addr secret"}: {@code ?md5=base64url(md5(expires path ip " "
   * key))&expires=UNIX}. The path is decoded, the address may be left out, a directory token opens
   * the files directly in it.
   */
  public static final Scheme GCORE =
      new Scheme(
          "gcore",
          new FormulaText(
              Hash.MD5,
              "{time}{path}{ip} {key}",
              Digits.BASE64URL_NGINX,
              TimeText.DECIMAL,
              List.of("md5={token}", "expires={time}"),
              null));

  private static final List<Scheme> ALL = List.of(GCORE);

  private final String name;
  private final String formula;
  private final TokenFormat format;

  private Scheme(String name, FormulaText text) {
    this(name, text.toString(), new Formula(text));
  }

  private Scheme(String name, String formula, TokenFormat format) {
    this.name = name;
    this.formula = formula;
    this.format = format;
  }

  /** Returns every scheme of this library. */
  public static List<Scheme> all() {
    return ALL;
  }

  /** Returns the scheme of this name, as configurations write it. */
  public static Optional<Scheme> named(String name) {
    return ALL.stream().filter(scheme -> scheme.name.equals(name)).findFirst();
  }

  /** Returns the name, such as {@code gcore}. */
  public String name() {
    return name;
  }

  /** Returns how the token is made, in one line for people. */
  public String formula() {
    return formula;
  }

  /**
   * Returns the query parameters that belong to the token: they reach no origin and no cache key.
   */
  public Set<String> parameters() {
    return format.parameters();
  }

  /**
   * Returns whether the token may stand at the beginning of the path, so that routing has to ask
   * {@link UrlVerifier#withoutToken(CanonicalPath)} first.
   */
  public boolean carriesInPath() {
    return format.carriesInPath();
  }

  TokenFormat format() {
    return format;
  }

  @Override
  public String toString() {
    return name;
  }
}
