/**
 * The sliding window of a live stream: a log of framed records with one writer and any number of
 * readers. It knows nothing of what the records mean.
 *
 * <p>Start at {@link io.flvkit.buffer.SlidingWindow}. The writer appends records and publishes
 * them; each reader owns a {@link io.flvkit.buffer.Cursor}, which is a position and nothing else.
 * Bytes lie in {@link io.flvkit.buffer.Segment}s whose counted memory comes from a {@link
 * io.flvkit.buffer.SegmentAllocator}: what has been published never changes, and a segment's memory
 * is reused only when the window has dropped it and no reader holds it.
 *
 * <p>The writer never waits for a reader, and a reader never waits for the writer: no locks, one
 * release store for each publish, one acquire load for each look. A reader that falls out of the
 * window is told so and goes on at a {@link io.flvkit.buffer.JoinPoint} of its choice. {@link
 * io.flvkit.buffer.WindowLimits} bounds bytes, media time and records.
 */
@NullMarked
package io.flvkit.buffer;

import org.jspecify.annotations.NullMarked;
