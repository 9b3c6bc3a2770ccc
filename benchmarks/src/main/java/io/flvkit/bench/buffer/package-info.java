/**
 * The sliding window under stress and under the clock.
 *
 * <p>{@code *Stress} are jcstress tests: each lists every outcome that two threads may produce,
 * with its meaning, and names the forbidden ones. {@code *Benchmark} are JMH benchmarks: one
 * question each, with a baseline beside it. How to run them: CONTRIBUTING.md.
 */
@NullMarked
package io.flvkit.bench.buffer;

import org.jspecify.annotations.NullMarked;
