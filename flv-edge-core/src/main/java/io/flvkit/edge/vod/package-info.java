/**
 * Files on demand: from a folder, or from origins, with or without a cache.
 *
 * <p>Start at {@link io.flvkit.edge.vod.VodService}: it takes a routed GET or HEAD and answers from
 * the mount's source. A folder's files are found, checked and opened on a small pool of disk
 * threads; what to send is planned by {@code io.flvkit.vod}, and the bytes go out as file regions.
 *
 * <p>{@code CachedSource} answers from slices on disk. What is not known or not fresh is looked
 * into by a {@code Discovery}, one for all who ask meanwhile; a slice that is missing comes by a
 * {@code SliceFetch}, a file that cannot be cut by a {@code WholeFetch}. The body is a {@code
 * SlicedBody}: it holds one slice at a time and never a byte of it longer than its client takes.
 *
 * <p>What may not be kept, and all of a mount without a cache, passes by {@code OriginSource}: one
 * request for one of a client, its body through {@code PassThroughBody}, which holds at most {@code
 * PassThroughBody.HIGH_WATER_BYTES} and what one more read brings, however slow the client is. Who
 * begins in the middle of a file costs a few more: see {@code PassedSeek}.
 */
@NullMarked
package io.flvkit.edge.vod;

import org.jspecify.annotations.NullMarked;
