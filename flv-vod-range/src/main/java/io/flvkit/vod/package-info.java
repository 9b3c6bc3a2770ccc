/**
 * Byte ranges and conditional requests by RFC 9110, as pure functions and values.
 *
 * <p>Start at {@link io.flvkit.vod.RangePlan#of}: a {@link io.flvkit.vod.RangeRequest} (method and
 * six header fields) and a {@link io.flvkit.vod.Representation} (length and validators) become one
 * of six plans, each with the exact lengths that its answer needs. {@link
 * io.flvkit.vod.MultipartBody} frames an answer of several ranges; {@link
 * io.flvkit.vod.ContentRange} reads what an origin answers.
 *
 * <p>All types are immutable and free to share between threads. Nothing here reads a clock, a file
 * or a socket. Limits: {@link io.flvkit.vod.RangeSet#MAX_RANGES} ranges in an answer, {@link
 * io.flvkit.vod.RangeSet#MAX_HEADER_CHARS} characters in a header field, files of up to 2^63-1
 * bytes.
 */
@NullMarked
package io.flvkit.vod;

import org.jspecify.annotations.NullMarked;
