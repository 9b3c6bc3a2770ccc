package io.flvkit.bench.token;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How many times the bare digest or MAC does the whole way from a URL to a verdict take? The two
 * calls of {@link VerifyLinkBenchmark} run in turn in slices of a fraction of a millisecond, so
 * that whatever disturbs the machine disturbs both. To be started several times: a process is one
 * sample of what the compiler makes of it. Arguments: {@code gcore} or {@code flvkit-hmac}.
 */
public final class VerifyRatio {
  private static final int CALLS = 500;
  private static final int WARM_SLICES = 2_000;
  private static final int SLICES = 3_000;

  private final Blackhole sink =
      new Blackhole(
          "Today's password is swordfish. I understand instantiating Blackholes directly is"
              + " dangerous.");

  private VerifyRatio() {}

  /** One call; its result is taken away by the caller. */
  private interface Call {
    Object run() throws GeneralSecurityException;
  }

  /** Prints one line for each scheme. */
  public static void main(String[] schemes) throws GeneralSecurityException {
    VerifyLinkBenchmark calls = new VerifyLinkBenchmark();
    calls.sign();
    for (String scheme : schemes.length == 0 ? new String[] {"gcore"} : schemes) {
      switch (scheme) {
        case "gcore" -> new VerifyRatio().print(scheme, calls::gcore, calls::gcoreBare);
        case "flvkit-hmac" ->
            new VerifyRatio().print(scheme, calls::flvkitHmac, calls::flvkitHmacBare);
        default -> throw new IllegalArgumentException("gcore or flvkit-hmac, not " + scheme);
      }
    }
  }

  private void print(String scheme, Call whole, Call bare) throws GeneralSecurityException {
    for (int i = 0; i < WARM_SLICES; i++) {
      nanos(whole);
      nanos(bare);
    }
    double[] wholes = new double[SLICES];
    double[] bares = new double[SLICES];
    double[] ratios = new double[SLICES];
    for (int i = 0; i < SLICES; i++) {
      wholes[i] = nanos(whole);
      bares[i] = nanos(bare);
      ratios[i] = wholes[i] / bares[i];
    }
    System.out.printf(
        Locale.ROOT,
        "%-12s whole %s ns, bare %s ns, ratio of the pairs %s%n",
        scheme,
        spread(wholes, "%.0f"),
        spread(bares, "%.0f"),
        spread(ratios, "%.2f"));
  }

  private double nanos(Call call) throws GeneralSecurityException {
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      sink.consume(call.run());
    }
    return (double) (System.nanoTime() - start) / CALLS;
  }

  /** The least, the middle, and between them and beyond a quarter and nine tenths of all. */
  private static String spread(double[] values, String digits) {
    Arrays.sort(values);
    int last = values.length - 1;
    String all = String.join(" / ", digits, digits, digits, digits);
    return String.format(
        Locale.ROOT, all, values[0], values[last / 4], values[last / 2], values[last * 9 / 10]);
  }
}
