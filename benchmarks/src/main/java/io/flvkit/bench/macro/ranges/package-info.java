/**
 * The clients of the benchmark of files: one thread in a process of its own, told what to do by
 * lines on its standard input ({@link io.flvkit.bench.macro.ranges.RangeLoad}).
 *
 * <p>A {@link io.flvkit.bench.macro.ranges.RangePlan} says how many connections ask for ranges of
 * which size, as fast as they are answered or at a rate of their own. Each answer is checked: its
 * status, its length, and that it begins with the bytes of its place in the file.
 */
@NullMarked
package io.flvkit.bench.macro.ranges;

import org.jspecify.annotations.NullMarked;
