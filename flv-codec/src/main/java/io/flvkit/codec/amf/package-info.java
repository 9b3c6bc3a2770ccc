/**
 * AMF0, the notation of script data: {@link io.flvkit.codec.amf.AmfValue} is one value, {@link
 * io.flvkit.codec.amf.Amf0Reader} and {@link io.flvkit.codec.amf.Amf0Writer} read and write it.
 * Values are immutable; properties keep their order and duplicates. Depth and number of values are
 * limited, and nothing is allocated by a declared count or length that exceeds the bytes at hand.
 * AMF3 is recognised behind its switch and kept byte for byte.
 */
@NullMarked
package io.flvkit.codec.amf;

import org.jspecify.annotations.NullMarked;
