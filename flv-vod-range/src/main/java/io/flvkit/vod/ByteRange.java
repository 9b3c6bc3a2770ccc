package io.flvkit.vod;

/**
 * A resolved range of bytes, both ends included (RFC 9110, 14.1.1).
 *
 * @param first offset of the first byte, from 0
 * @param last offset of the last byte, at least {@code first}
 */
public record ByteRange(long first, long last) {}
