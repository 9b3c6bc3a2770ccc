/**
 * What verifying a signed link costs, beside the bare digest or MAC over the same bytes and beside
 * the straightforward way; and whether comparing signatures takes a time that tells something.
 *
 * <p>Run the benchmarks with {@code java -cp .. org.openjdk.jmh.Main VerifyLinkBenchmark -prof gc},
 * the timing test with {@code java -cp .. io.flvkit.bench.token.CompareTiming}.
 */
@NullMarked
package io.flvkit.bench.token;

import org.jspecify.annotations.NullMarked;
