/**
 * Decoder configuration: what sequence headers say about codec, profile, level, size, sample rate
 * and channels. Start at {@link io.flvkit.codec.config.DecoderConfig}. The records are read as far
 * as needed for that and never beyond their bytes; what is broken is empty, not an exception.
 */
@NullMarked
package io.flvkit.codec.config;

import org.jspecify.annotations.NullMarked;
