package io.flvkit.bench.token;

import io.flvkit.token.Grant;
import io.flvkit.token.KeyRing;
import io.flvkit.token.Scheme;
import io.flvkit.token.Secret;
import io.flvkit.token.UrlSigner;
import io.flvkit.token.UrlVerifier;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/**
 * Does a forged signature take longer to refuse when more of it is right? A test in the manner of
 * dudect (Reparaz, Balasch, Verbauwhede, 2017): two classes of forged links in random order, those
 * whose first byte is wrong and those whose last byte is wrong, each call timed, the slow tail cut,
 * Welch's t over the rest. |t| under 4.5 means that nothing was found.
 */
public final class CompareTiming {
  private static final int ROUNDS = 20;
  private static final int CALLS = 200_000;
  private static final double THRESHOLD = 4.5;
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private CompareTiming() {}

  /** Prints t for each scheme; takes about a minute. */
  public static void main(String[] arguments) {
    KeyRing keys = KeyRing.of("k1", Secret.parse("0123456789abcdef0123456789abcdef"));
    for (Scheme scheme : new Scheme[] {Scheme.GCORE, Scheme.ALIBABA_A, Scheme.FLVKIT_HMAC}) {
      report(scheme, keys, System.out);
    }
  }

  private static void report(Scheme scheme, KeyRing keys, PrintStream out) {
    String url =
        UrlSigner.of(scheme, keys)
            .sign("https://edge.example.com/live/a.flv", Grant.until(NOW.plusSeconds(60)));
    int end = scheme == Scheme.GCORE ? url.indexOf("&expires") : url.length();
    int signatureChars = scheme == Scheme.GCORE ? 22 : scheme == Scheme.ALIBABA_A ? 32 : 42;
    String[] forged = {changed(url, end - signatureChars), changed(url, end - 4)};
    UrlVerifier verifier = UrlVerifier.of(scheme, keys);
    double t = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double now = welch(verifier, forged, new Random(round));
      // The first rounds are the compiler's.
      t = round < ROUNDS / 2 ? 0 : Math.abs(now) > Math.abs(t) ? now : t;
    }
    out.printf(
        "%s: largest |t| of %d rounds of %d calls: %.2f (%s)%n",
        scheme,
        ROUNDS / 2,
        CALLS,
        Math.abs(t),
        Math.abs(t) < THRESHOLD ? "no difference found" : "DIFFERENT");
  }

  private static String changed(String url, int index) {
    char other = url.charAt(index) == '0' ? '1' : '0';
    return url.substring(0, index) + other + url.substring(index + 1);
  }

  private static double welch(UrlVerifier verifier, String[] forged, Random random) {
    long[][] nanos = new long[2][CALLS];
    int[] counts = new int[2];
    int granted = 0;
    for (int i = 0; i < CALLS; i++) {
      int kind = random.nextInt(2);
      long start = System.nanoTime();
      granted += verifier.verify(forged[kind], null, NOW).isGranted() ? 1 : 0;
      nanos[kind][counts[kind]++] = System.nanoTime() - start;
    }
    if (granted != 0) {
      throw new IllegalStateException("a forged link was granted");
    }
    long[] first = Arrays.copyOf(nanos[0], counts[0]);
    long[] second = Arrays.copyOf(nanos[1], counts[1]);
    long cut = percentile(first, 0.9);
    return t(below(first, cut), below(second, cut));
  }

  private static long percentile(long[] nanos, double part) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) (part * sorted.length)];
  }

  private static long[] below(long[] nanos, long cut) {
    return Arrays.stream(nanos).filter(value -> value <= cut).toArray();
  }

  private static double t(long[] a, long[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    return (meanA - meanB)
        / Math.sqrt(variance(a, meanA) / a.length + variance(b, meanB) / b.length);
  }

  private static double variance(long[] values, double mean) {
    return Arrays.stream(values).mapToDouble(v -> (v - mean) * (v - mean)).sum()
        / (values.length - 1);
  }
}
