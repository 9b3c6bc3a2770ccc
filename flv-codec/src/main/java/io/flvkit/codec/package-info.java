/** Reads and writes FLV. */
@NullMarked
package io.flvkit.codec;

import org.jspecify.annotations.NullMarked;
