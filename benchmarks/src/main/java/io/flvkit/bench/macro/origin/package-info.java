/**
 * The stream that the macro benchmark sends and the origin that the edge pulls it from.
 *
 * <p>{@link io.flvkit.bench.macro.origin.StampedStream} makes tags paced by the clock; each carries
 * a {@link io.flvkit.bench.macro.origin.Mark} of when it was made and of its number. {@link
 * io.flvkit.bench.macro.origin.StampedOrigin} serves it, a stream of its own to each connection:
 * the edge asks once. The limit program ({@code limit.c}) makes the same stream for itself.
 */
@NullMarked
package io.flvkit.bench.macro.origin;

import org.jspecify.annotations.NullMarked;
