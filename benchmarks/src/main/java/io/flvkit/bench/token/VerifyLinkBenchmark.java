package io.flvkit.bench.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flvkit.token.Grant;
import io.flvkit.token.KeyRing;
import io.flvkit.token.Scheme;
import io.flvkit.token.Secret;
import io.flvkit.token.UrlSigner;
import io.flvkit.token.UrlVerifier;
import io.flvkit.token.Verdict;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the whole way from a URL to a verdict cost? Beside each scheme: the bare digest or MAC
 * of the JDK, reused, over the same bytes ({@code bare}), and the way of the snippets, an instance
 * for each call ({@code plain}).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class VerifyLinkBenchmark {
  private static final String PATH = "/live/133529_2/channel1.flv";
  private static final String ORIGIN = "https://edge.example.com";
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final long EXPIRY = 1_893_456_000;
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final String X509_ED25519 = "302a300506032b6570032100";

  private UrlVerifier gcore;
  private String gcoreUrl;
  private byte[] gcoreInput;
  private MessageDigest md5;
  private byte[] digest;

  private UrlVerifier hmac;
  private String hmacUrl;
  private byte[] hmacInput;
  private Mac mac;
  private SecretKeySpec macKey;

  private UrlVerifier ed25519;
  private String ed25519Url;
  private byte[] ed25519Public;

  /** Signs a link in each scheme. */
  @Setup
  public void sign() throws GeneralSecurityException {
    KeyRing keys = KeyRing.of("k1", Secret.parse(SECRET));
    Grant grant = Grant.until(Instant.ofEpochSecond(EXPIRY));

    gcore = UrlVerifier.of(Scheme.GCORE, keys);
    gcoreUrl = UrlSigner.of(Scheme.GCORE, keys).sign(ORIGIN + PATH, grant);
    gcoreInput = (EXPIRY + PATH + " " + SECRET).getBytes(UTF_8);
    md5 = MessageDigest.getInstance("MD5");
    digest = new byte[32];

    hmac = UrlVerifier.of(Scheme.FLVKIT_HMAC, keys);
    hmacUrl = UrlSigner.of(Scheme.FLVKIT_HMAC, keys).sign(ORIGIN + PATH, grant);
    byte[] token = token(hmacUrl);
    hmacInput = Arrays.copyOf(token, token.length - 32);
    macKey = new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256");
    mac = Mac.getInstance("HmacSHA256");
    mac.init(macKey);

    Secret seed = Secret.of(SECRET.getBytes(UTF_8));
    ed25519Public = seed.ed25519PublicKey();
    ed25519 = UrlVerifier.of(Scheme.FLVKIT_ED25519, KeyRing.of("k1", Secret.of(ed25519Public)));
    ed25519Url =
        UrlSigner.of(Scheme.FLVKIT_ED25519, KeyRing.of("k1", seed)).sign(ORIGIN + PATH, grant);
  }

  private static byte[] token(String url) {
    return Base64.getUrlDecoder().decode(url.substring(url.indexOf("token=") + 6));
  }

  /** URL to verdict. */
  @Benchmark
  public Verdict gcore() {
    return gcore.verify(gcoreUrl, null, NOW);
  }

  /** The reused digest over the same bytes. */
  @Benchmark
  public byte[] gcoreBare() throws GeneralSecurityException {
    md5.update(gcoreInput);
    md5.digest(digest, 0, 16);
    return digest;
  }

  /** As snippets do it: split, a digest for each call, compare text. */
  @Benchmark
  public boolean gcorePlain() throws GeneralSecurityException {
    URI uri = URI.create(gcoreUrl);
    String given = null;
    String expires = null;
    for (String parameter : uri.getRawQuery().split("&", -1)) {
      String[] pair = parameter.split("=", 2);
      if (pair[0].equals("md5")) {
        given = pair[1];
      } else if (pair[0].equals("expires")) {
        expires = pair[1];
      }
    }
    byte[] input = (expires + uri.getPath() + " " + SECRET).getBytes(UTF_8);
    String expected =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(MessageDigest.getInstance("MD5").digest(input));
    return expected.equals(given) && Long.parseLong(expires) >= NOW.getEpochSecond();
  }

  /** URL to verdict. */
  @Benchmark
  public Verdict flvkitHmac() {
    return hmac.verify(hmacUrl, null, NOW);
  }

  /** The reused MAC over the same bytes. */
  @Benchmark
  public byte[] flvkitHmacBare() throws GeneralSecurityException {
    mac.update(hmacInput);
    mac.doFinal(digest, 0);
    return digest;
  }

  /** A MAC for each call; nothing but decoding, MAC and comparison. */
  @Benchmark
  public boolean flvkitHmacPlain() throws GeneralSecurityException {
    byte[] token = token(hmacUrl);
    Mac fresh = Mac.getInstance("HmacSHA256");
    fresh.init(macKey);
    fresh.update(token, 0, token.length - 32);
    return MessageDigest.isEqual(
        fresh.doFinal(), Arrays.copyOfRange(token, token.length - 32, token.length));
  }

  /** URL to verdict. */
  @Benchmark
  public Verdict flvkitEd25519() {
    return ed25519.verify(ed25519Url, null, NOW);
  }

  /** The JDK's signature and key, made for each call; nothing but decoding and verifying. */
  @Benchmark
  public boolean flvkitEd25519Plain() throws GeneralSecurityException {
    byte[] token = token(ed25519Url);
    byte[] encoded =
        HexFormat.of().parseHex(X509_ED25519 + HexFormat.of().formatHex(ed25519Public));
    PublicKey key =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(key);
    signature.update(token, 0, token.length - 64);
    return signature.verify(token, token.length - 64, 64);
  }
}
