package io.flvkit.buffer;

/**
 * What a window holds, as of some recent publish. The figures are read one after the other while
 * the writer goes on, so they may be a publish apart.
 *
 * @param bytes bytes of records in the window
 * @param durationMillis clock of the newest record minus clock of the oldest one
 * @param records records in the window
 * @param joinPoints join points in the window
 * @param segmentBytes memory of the window's segments
 * @param pinnedBytes memory of segments that have left the window and are still held by readers
 * @param allocatedBytes memory asked of the allocator since the window was made
 * @param publishedBytes bytes published since the window was made
 */
public record WindowStats(
    long bytes,
    long durationMillis,
    long records,
    long joinPoints,
    long segmentBytes,
    long pinnedBytes,
    long allocatedBytes,
    long publishedBytes) {}
