package io.flvkit.bench.macro.ranges;

/**
 * What a window showed.
 *
 * @param requests answered
 * @param megabytesPerSecond of content
 * @param p50Millis from the moment a request was due to its last byte
 * @param firstByteP50Millis to the first byte of its content
 * @param serverCores share of a core that the server used
 * @param serverUserCores the part of it outside the kernel
 * @param loadCores share of a core that the clients used
 * @param serverBytes resident memory of the server at the end
 * @param serverGrowthBytes over the window
 * @param serverFiles open at the end
 * @param serverFilesGrowth over the window
 * @param faults wrong statuses, lengths or bytes, and connections that broke
 */
public record RangeWindow(
    long requests,
    double megabytesPerSecond,
    double p50Millis,
    double p99Millis,
    double firstByteP50Millis,
    double firstByteP99Millis,
    double serverCores,
    double serverUserCores,
    double loadCores,
    long serverBytes,
    long serverGrowthBytes,
    long serverFiles,
    long serverFilesGrowth,
    long faults) {}
