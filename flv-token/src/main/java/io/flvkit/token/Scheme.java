package io.flvkit.token;

import static io.flvkit.token.LinkFormula.Digits.BASE64URL;
import static io.flvkit.token.LinkFormula.Digits.BASE64URL_NGINX;
import static io.flvkit.token.LinkFormula.Digits.HEX;
import static io.flvkit.token.LinkFormula.Hash.MD5;
import static io.flvkit.token.LinkFormula.Hash.SHA_256;
import static io.flvkit.token.LinkFormula.Time.DECIMAL;
import static io.flvkit.token.LinkFormula.Time.DECIMAL_10;
import static io.flvkit.token.LinkFormula.Time.HEX_LOWER;
import static io.flvkit.token.LinkFormula.Time.HEX_UPPER;
import static io.flvkit.token.LinkFormula.Time.MINUTE_UTC8;
import static io.flvkit.token.LinkFormula.inQuery;

import io.flvkit.token.internal.AkamaiFormat;
import io.flvkit.token.internal.BunnyFormat;
import io.flvkit.token.internal.CatFormat;
import io.flvkit.token.internal.CdniFormat;
import io.flvkit.token.internal.FlvkitFormat;
import io.flvkit.token.internal.Formula;
import io.flvkit.token.internal.TokenFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One way to sign links: a CDN's, a standard's, or our own. {@link #all()} lists them, {@link
 * #formula()} says how each one works, {@link #of} makes one from a description. Immutable.
 */
public final class Scheme {
  /**
   * Gcore Secure Token, which is nginx's {@code secure_link_md5
   * "$secure_link_expires$uri$remote_addr secret"}. A directory token opens the files directly in
   * it. Read as nginx reads it, but for a parameter given twice, which is denied.
   */
  public static final Scheme GCORE =
      of(
          "gcore",
          inQuery(
              MD5,
              "{time}{path}{ip} {key}",
              BASE64URL_NGINX,
              DECIMAL,
              "md5={token}",
              "expires={time}"));

  /** Gcore Video Streaming, MP4 files with a rate limit. */
  public static final Scheme GCORE_VIDEO =
      of(
          "gcore-video",
          inQuery(
              MD5,
              "{path}_{key}_{time}_{speed}_{buffer}_{ip}",
              BASE64URL_NGINX,
              DECIMAL,
              "md5={token}",
              "expires={time}",
              "speed={speed}",
              "buffer={buffer}"));

  /** Tencent Cloud CSS. Opens one stream name, whatever stands before or after it. */
  public static final Scheme TENCENT_LIVE =
      of(
          "tencent-live",
          inQuery(MD5, "{key}{stream}{time}", HEX, HEX_UPPER, "txSecret={token}", "txTime={time}"));

  /** {@link #TENCENT_LIVE} with SHA-256. */
  public static final Scheme TENCENT_LIVE_SHA256 =
      of(
          "tencent-live-sha256",
          inQuery(
              SHA_256, "{key}{stream}{time}", HEX, HEX_UPPER, "txSecret={token}", "txTime={time}"));

  /** Tencent Cloud CDN and EdgeOne, type A. Fields {@code rand} and {@code uid}. */
  public static final Scheme TENCENT_CDN_A =
      of(
          "tencent-cdn-a",
          inQuery(
              MD5,
              "{rawpath}-{time}-{rand}-{uid}-{key}",
              HEX,
              DECIMAL_10,
              "sign={time}-{rand}-{uid}-{token}"));

  /** Tencent Cloud CDN and EdgeOne, type B. */
  public static final Scheme TENCENT_CDN_B =
      of("tencent-cdn-b", inPath("{key}{time}{rawpath}", MINUTE_UTC8, "/{time}/{token}"));

  /** Tencent Cloud CDN and EdgeOne, type C. */
  public static final Scheme TENCENT_CDN_C =
      of("tencent-cdn-c", inPath("{key}{rawpath}{time}", HEX_LOWER, "/{token}/{time}"));

  /** Tencent Cloud CDN and EdgeOne, type D with decimal time. */
  public static final Scheme TENCENT_CDN_D =
      of(
          "tencent-cdn-d",
          inQuery(MD5, "{key}{rawpath}{time}", HEX, DECIMAL_10, "sign={token}", "t={time}"));

  /** Alibaba Cloud CDN and live, type A; also Huawei CDN A, CDNetworks E, JD Cloud. */
  public static final Scheme ALIBABA_A =
      of(
          "alibaba-a",
          inQuery(
              MD5,
              "{rawpath}-{time}-{rand}-{uid}-{key}",
              HEX,
              DECIMAL_10,
              "auth_key={time}-{rand}-{uid}-{token}"));

  /** Alibaba Cloud CDN, type B. */
  public static final Scheme ALIBABA_B =
      of("alibaba-b", inPath("{key}{time}{rawpath}", MINUTE_UTC8, "/{time}/{token}"));

  /** Alibaba Cloud CDN, type C, in the path or in the query. The time is hashed as written. */
  public static final Scheme ALIBABA_C =
      of(
          "alibaba-c",
          new LinkFormula(
              MD5,
              "{key}{rawpath}{time}",
              HEX,
              HEX_UPPER,
              List.of("KEY1={token}", "KEY2={time}"),
              "/{token}/{time}"));

  /** Volcengine and BytePlus live: {@code /app/stream} without its extension. */
  public static final Scheme VOLCENGINE =
      of(
          "volcengine",
          inQuery(
              MD5,
              "/{app}/{stream}{key}{time}",
              HEX,
              DECIMAL_10,
              "volcSecret={token}",
              "volcTime={time}"));

  /**
   * Wangsu and CDNetworks live. The names of the parameters are the vendor's defaults and the time
   * is one of its two forms (documents.cdnetworks.com, "Token Authentication"); what is hashed, and
   * in which order, is set up in its console: here stream, key, time; others use key, path, time or
   * time, path, key. For those write a description: {@link #of}.
   */
  public static final Scheme WANGSU =
      of(
          "wangsu",
          inQuery(MD5, "{stream}{key}{time}", HEX, HEX_LOWER, "wsSecret={token}", "wsTime={time}"));

  /** Qiniu. */
  public static final Scheme QINIU =
      of("qiniu", inQuery(MD5, "{key}{rawpath}{time}", HEX, HEX_LOWER, "sign={token}", "t={time}"));

  /** KeyCDN. */
  public static final Scheme KEYCDN =
      of(
          "keycdn",
          inQuery(
              MD5, "{path}{key}{time}", BASE64URL, DECIMAL_10, "token={token}", "expire={time}"));

  /**
   * Bunny's advanced token authentication. Every query parameter is signed too, unless {@code
   * token_ignore_params=true}; a {@code token_path} opens everything below it. Fields: the names of
   * its parameters. Tokens for countries are denied, since a verifier knows none.
   */
  public static final Scheme BUNNY = new Scheme("bunny", BunnyFormat.FORMULA, new BunnyFormat());

  /**
   * Akamai EdgeAuth 2.0. A key in text is hexadecimal, as the vendor shows it. Fields: {@code acl}
   * (patterns, joined by {@code !}), {@code id}, {@code data}, {@code salt}, {@code escape=early}.
   */
  public static final Scheme AKAMAI = akamai("akamai", AkamaiFormat.sha256());

  /** {@link #AKAMAI} with HMAC-SHA1, if the CDN was set up so. */
  public static final Scheme AKAMAI_SHA1 = akamai("akamai-sha1", AkamaiFormat.sha1());

  /** {@link #AKAMAI} with HMAC-MD5, if the CDN was set up so. */
  public static final Scheme AKAMAI_MD5 = akamai("akamai-md5", AkamaiFormat.md5());

  /**
   * CDNI URI Signing (RFC 9246): a JWT with HS256 or, if the key is PEM, ES256. Fields: {@code
   * iss}, {@code sub} (encrypted, a JWE), {@code cdniuc}. Void at the second of its expiry, without
   * leeway, as the RFC asks. Claims that a verifier without memory and encryption keys cannot
   * honour deny. In the query only, not in a path parameter or a cookie.
   */
  public static final Scheme CDNI_JWT =
      new Scheme("cdni-jwt", CdniFormat.FORMULA, new CdniFormat());

  /**
   * Common Access Token (CTA-5007): a CWT with HMAC-SHA256 or, if the key is PEM, ES256. Fields:
   * {@code iss}, {@code sub}. The text of CTA-5007 was not at hand: labels and meanings are those
   * of two open implementations (Eyevinn's node-cat, the crate common-access-token), which agree.
   */
  public static final Scheme CAT = new Scheme("cat", CatFormat.FORMULA, new CatFormat());

  /**
   * Our own, recommended: HMAC-SHA256 over a versioned, length-prefixed tuple of key id, scope,
   * start, expiry, IP network and rendition. Fields: {@code network} (such as {@code
   * 203.0.113.0/24}), {@code rendition} ({@code full}, {@code audio} or {@code video}).
   */
  public static final Scheme FLVKIT_HMAC = flvkit("flvkit-hmac", FlvkitFormat.hmac());

  /**
   * The tuple of {@link #FLVKIT_HMAC} signed with Ed25519 (RFC 8032): signers hold the 32-byte
   * private key, verifiers the public one.
   */
  public static final Scheme FLVKIT_ED25519 = flvkit("flvkit-ed25519", FlvkitFormat.ed25519());

  private static final List<Scheme> ALL =
      List.of(
          FLVKIT_HMAC,
          FLVKIT_ED25519,
          GCORE,
          GCORE_VIDEO,
          TENCENT_LIVE,
          TENCENT_LIVE_SHA256,
          TENCENT_CDN_A,
          TENCENT_CDN_B,
          TENCENT_CDN_C,
          TENCENT_CDN_D,
          ALIBABA_A,
          ALIBABA_B,
          ALIBABA_C,
          VOLCENGINE,
          WANGSU,
          QINIU,
          KEYCDN,
          BUNNY,
          AKAMAI,
          AKAMAI_SHA1,
          AKAMAI_MD5,
          CDNI_JWT,
          CAT);

  private final String name;
  private final String formula;
  private final TokenFormat format;

  private Scheme(String name, String formula, TokenFormat format) {
    this.name = name;
    this.formula = formula;
    this.format = format;
  }

  private static LinkFormula inPath(String input, LinkFormula.Time time, String path) {
    return new LinkFormula(MD5, input, HEX, time, List.of(), path);
  }

  private static Scheme flvkit(String name, FlvkitFormat format) {
    return new Scheme(name, format.formula(), format);
  }

  private static Scheme akamai(String name, AkamaiFormat format) {
    return new Scheme(name, format.formula(), format);
  }

  /**
   * Makes a scheme from a description. Throws {@link IllegalArgumentException} if nothing in it
   * carries the token.
   */
  public static Scheme of(String name, LinkFormula formula) {
    return new Scheme(name, formula.toString(), new Formula(formula));
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
