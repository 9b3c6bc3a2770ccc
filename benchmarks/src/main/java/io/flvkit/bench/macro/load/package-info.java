/**
 * The viewers of the macro benchmark: one thread in a process of its own, told what to do by lines
 * on its standard input ({@link io.flvkit.bench.macro.load.Load}).
 *
 * <p>A {@link io.flvkit.bench.macro.load.Plan} says how many viewers join how fast and how long to
 * measure; a crowd of them runs it. Most viewers are read in sweeps, each 20 ms, which costs the
 * server no wake-up per packet; the sampled ones are read as their bytes arrive and give the exact
 * lag and start-up. Every viewer's response goes through a reader that takes the chunks apart and a
 * check of every tag: framing, PreviousTagSize, timestamps, keyframe first, none lost or repeated.
 * The check shares no code with the edge, so that both cannot be wrong in the same way.
 */
@NullMarked
package io.flvkit.bench.macro.load;

import org.jspecify.annotations.NullMarked;
