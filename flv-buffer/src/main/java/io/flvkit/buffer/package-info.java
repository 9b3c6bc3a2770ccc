/** The sliding window of a live stream. */
@NullMarked
package io.flvkit.buffer;

import org.jspecify.annotations.NullMarked;
