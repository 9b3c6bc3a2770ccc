/**
 * How fast the codec frames, classifies, filters and reads metadata, beside a plain copy of the
 * same bytes and beside other programs. Run with {@code -prof gc}.
 */
@NullMarked
package io.flvkit.bench.codec;

import org.jspecify.annotations.NullMarked;
