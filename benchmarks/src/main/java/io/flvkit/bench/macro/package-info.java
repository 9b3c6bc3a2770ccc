/**
 * The macro benchmark: the edge as a real process beside the limit program, viewers over loopback.
 *
 * <p>{@link io.flvkit.bench.macro.LiveMacro} is the command; {@link io.flvkit.bench.macro.Row}
 * lists what can be measured. A {@code Rig} is one row's set of processes, each on its core: the
 * origin and the viewers on one, the edge and the limit program, which never work at the same time,
 * on the other. A study interleaves windows on the two and makes a {@code Finding}: a table and
 * JSON. What counts is the ratio of edge to limit, whose absolute figures move with the machine.
 *
 * <p>{@link io.flvkit.bench.macro.VodMacro} does the same for files, beside nginx.
 *
 * <p>Linux only: it reads {@code /proc} and compares CLOCK_MONOTONIC between processes.
 */
@NullMarked
package io.flvkit.bench.macro;

import org.jspecify.annotations.NullMarked;
