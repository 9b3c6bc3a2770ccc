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
 * dudect (Reparaz, Balasch, Verbauwhede, 2017). Two classes of forged links of the same shape, in
 * random order: those whose signature is right but for its last byte, and random ones. The slow
 * tail is cut for both alike; Welch's t is over the rest. |t| under 4.5 means that nothing was
 * found. A third class, random again, is the control: if it differs from the second, the machine is
 * not fit for the test.
 */
public final class CompareTiming {
  private static final int NEARLY_RIGHT = 0;
  private static final int RANDOM = 1;
  private static final int CONTROL = 2;
  private static final int CLASSES = 3;

  private static final int LINKS = 512;
  private static final int CALLS = 4;
  private static final int WARM_UP = 300_000;
  private static final int MEASUREMENTS = 3_000_000;
  private static final double KEPT = 0.8;
  private static final double THRESHOLD = 4.5;
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private final UrlVerifier verifier;
  private final String[][] links = new String[CLASSES][LINKS];

  private CompareTiming(Scheme scheme, KeyRing keys) {
    this.verifier = UrlVerifier.of(scheme, keys);
    String url =
        UrlSigner.of(scheme, keys)
            .sign("https://edge.example.com/live/a.flv", Grant.until(NOW.plusSeconds(60)));
    Signature place = Signature.of(scheme, url);
    Random random = new Random(1);
    // Strings of their own in all classes, made in turn: memory must not tell the classes apart.
    for (int i = 0; i < LINKS; i++) {
      links[NEARLY_RIGHT][i] = place.nearlyRight(random);
      links[RANDOM][i] = place.random(random);
      links[CONTROL][i] = place.random(random);
    }
  }

  /** Prints t and its control for each scheme; takes a minute or two on an idle machine. */
  public static void main(String[] arguments) {
    KeyRing keys = KeyRing.of("k1", Secret.parse("0123456789abcdef0123456789abcdef"));
    for (Scheme scheme : new Scheme[] {Scheme.GCORE, Scheme.ALIBABA_A, Scheme.FLVKIT_HMAC}) {
      new CompareTiming(scheme, keys).report(scheme, System.out);
    }
  }

  private void report(Scheme scheme, PrintStream out) {
    measure(WARM_UP, new Random(2));
    long[][] nanos = measure(MEASUREMENTS, new Random(3));
    double t = Math.abs(welch(nanos[NEARLY_RIGHT], nanos[RANDOM]));
    double control = Math.abs(welch(nanos[CONTROL], nanos[RANDOM]));
    String finding =
        control >= THRESHOLD
            ? "the control differs: not a quiet machine"
            : t < THRESHOLD ? "no difference found" : "DIFFERENT";
    out.printf(
        "%s: |t| = %.2f, control %.2f, over %d measurements of %d calls: %s%n",
        scheme, t, control, MEASUREMENTS, CALLS, finding);
  }

  private long[][] measure(int measurements, Random random) {
    long[][] nanos = new long[CLASSES][measurements];
    int[] counts = new int[CLASSES];
    int granted = 0;
    for (int i = 0; i < measurements; i++) {
      int kind = random.nextInt(CLASSES);
      int first = random.nextInt(LINKS - CALLS);
      long start = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        granted += verifier.verify(links[kind][first + call], null, NOW).isGranted() ? 1 : 0;
      }
      nanos[kind][counts[kind]++] = System.nanoTime() - start;
    }
    if (granted != 0) {
      throw new IllegalStateException("a forged link was granted");
    }
    for (int kind = 0; kind < CLASSES; kind++) {
      nanos[kind] = Arrays.copyOf(nanos[kind], counts[kind]);
    }
    return nanos;
  }

  /** Welch's t over what is left of both when the slow tail of all is cut. */
  private static double welch(long[] a, long[] b) {
    long[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    Arrays.sort(all);
    long cut = all[(int) (KEPT * all.length)];
    return t(below(a, cut), below(b, cut));
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

  /** Where the signature of a good link stands, and its alphabet. */
  private record Signature(String url, int start, int end, String digits) {
    private static final String HEX = "0123456789abcdef";
    private static final String BASE64 =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    static Signature of(Scheme scheme, String url) {
      if (scheme == Scheme.GCORE) {
        // The last digit has bits that nobody reads.
        int start = url.indexOf("md5=") + 4;
        return new Signature(url, start, start + 21, BASE64);
      }
      return scheme == Scheme.ALIBABA_A
          ? new Signature(url, url.length() - 32, url.length(), HEX)
          : new Signature(url, url.length() - 42, url.length() - 1, BASE64);
    }

    String nearlyRight(Random random) {
      return with(url.substring(start, end - 1) + other(url.charAt(end - 1), random));
    }

    String random(Random random) {
      StringBuilder signature = new StringBuilder();
      for (int i = start; i < end; i++) {
        signature.append(digits.charAt(random.nextInt(digits.length())));
      }
      return with(signature.toString());
    }

    private char other(char right, Random random) {
      int step = 1 + random.nextInt(digits.length() - 1);
      return digits.charAt((digits.indexOf(right) + step) % digits.length());
    }

    private String with(String signature) {
      return url.substring(0, start) + signature + url.substring(end);
    }
  }
}
