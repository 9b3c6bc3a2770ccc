/**
 * Files on demand: from a folder, or passed on from HTTP origins.
 *
 * <p>Start at {@link io.flvkit.edge.vod.VodService}: it takes a routed GET or HEAD and answers from
 * the mount's source. A folder's files are found, checked and opened on a small pool of disk
 * threads; what to send is planned by {@code io.flvkit.vod}, and the bytes go out as file regions.
 * A request for an origin's file becomes one request there, on the loop of the client's connection;
 * the answer's body flows through {@code PassThroughBody}, which holds at most {@code
 * PassThroughBody.HIGH_WATER_BYTES} and what one more read brings, however slow the client is.
 *
 * <p>Nothing is cached: every answer says {@code BYPASS}.
 */
@NullMarked
package io.flvkit.edge.vod;

import org.jspecify.annotations.NullMarked;
