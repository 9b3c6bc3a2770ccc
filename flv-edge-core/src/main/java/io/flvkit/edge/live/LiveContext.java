package io.flvkit.edge.live;

import io.flvkit.buffer.SegmentAllocator;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.CdnLoop;
import io.flvkit.edge.origin.OriginConnector;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What all streams share.
 *
 * @param connector opens pulls
 * @param allocator memory of windows
 * @param memory how much of it windows may hold
 * @param paces the pace of each event loop
 * @param wallClock for what people read
 * @param random for the jitter of retries
 * @param health which origins failed lately
 * @param limits how many may watch
 * @param loop tells this edge from others towards origins
 * @param events told what happens, for metrics
 * @param removed told when a stream has ended, on its home loop
 * @param released told when it has given its memory back, which is later if viewers read its rest
 */
record LiveContext(
    OriginConnector connector,
    SegmentAllocator allocator,
    MemoryBudget memory,
    Function<Loop, LoopPace> paces,
    InstantSource wallClock,
    RandomGenerator random,
    OriginHealth health,
    ViewerLimits limits,
    CdnLoop loop,
    LiveEvents events,
    Consumer<LiveStream> removed,
    Consumer<LiveStream> released) {}
