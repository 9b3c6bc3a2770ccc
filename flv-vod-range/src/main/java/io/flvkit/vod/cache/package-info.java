/**
 * A cache of slices of files, on disk.
 *
 * <p>Start at {@link io.flvkit.vod.cache.SliceCache}. What an origin said of a file is admitted as
 * a {@link io.flvkit.vod.cache.FileVersion} with its {@link io.flvkit.vod.cache.Freshness}; a slice
 * is then read from disk as a {@link io.flvkit.vod.cache.SliceLease}, or, while somebody fetches
 * it, as a {@link io.flvkit.vod.cache.SliceFill}, byte by byte as it comes. A complete fill is
 * written to disk by the disk's executor; whoever follows it has its bytes from memory until then.
 *
 * <p>Each file on disk holds one slice and explains itself, so that there is no index to lose: a
 * start reads the headers, and the first use of a slice compares its checksum. A disk that fails
 * only keeps slices from being kept. Limits: {@link io.flvkit.vod.cache.CacheLimits}.
 */
@NullMarked
package io.flvkit.vod.cache;

import org.jspecify.annotations.NullMarked;
