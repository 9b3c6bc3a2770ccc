/**
 * One thread with a clock: what the edge's logic sees of the world's time.
 *
 * <p>On the real edge a {@link io.flvkit.edge.loop.Loop} is an event loop of Netty; under
 * simulation all loops are one queue of tasks in virtual time.
 */
@NullMarked
package io.flvkit.edge.loop;

import org.jspecify.annotations.NullMarked;
