package io.flvkit.buffer;

import org.jspecify.annotations.Nullable;

/**
 * A record at which a reader may start. Immutable; it stays valid as a value when the window has
 * dropped the record.
 *
 * @param position position of the record's first byte
 * @param clockMillis the window's clock at the record
 * @param ptsMillis presentation time as the writer gave it; may step back from one join point to
 *     the next
 * @param context what the writer attached: an immutable object in force from this record on, such
 *     as the decoder configuration
 */
public record JoinPoint(
    long position, long clockMillis, long ptsMillis, @Nullable Object context) {}
