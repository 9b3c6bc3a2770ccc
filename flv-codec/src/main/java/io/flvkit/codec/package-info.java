/**
 * Reads and writes FLV: legacy (Adobe FLV 10.1) and Enhanced RTMP v1 and v2.
 *
 * <p>Start at {@link io.flvkit.codec.FlvParser}: feed it bytes in any pieces, its {@link
 * io.flvkit.codec.FlvHandler} gets the header and each {@link io.flvkit.codec.FlvTag}, a reused
 * view that classifies itself without allocating. {@link io.flvkit.codec.FlvWriter} writes. Script
 * data is {@link io.flvkit.codec.ScriptData} and {@link io.flvkit.codec.OnMetaData} over the values
 * of {@code io.flvkit.codec.amf}.
 *
 * <p>Nothing here has threads, clocks or I/O of its own; parsers are confined to one thread, values
 * are immutable. {@link io.flvkit.codec.FlvLimits} bounds what input can declare; {@link
 * io.flvkit.codec.FlvFormatException} says at which byte input is broken.
 */
@NullMarked
package io.flvkit.codec;

import org.jspecify.annotations.NullMarked;
