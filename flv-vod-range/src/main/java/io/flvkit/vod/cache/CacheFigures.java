package io.flvkit.vod.cache;

/**
 * What a cache holds.
 *
 * @param bytes on disk
 * @param bytesMax the most there may be
 * @param files of which at least one slice is stored or coming
 * @param slices on disk
 * @param openFiles files that are open at the moment
 * @param fillBytes memory of slices that are coming
 */
public record CacheFigures(
    long bytes, long bytesMax, long files, long slices, int openFiles, long fillBytes) {}
