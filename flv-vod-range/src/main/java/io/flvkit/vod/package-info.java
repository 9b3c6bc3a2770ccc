/** Ranges and slices. */
@NullMarked
package io.flvkit.vod;

import org.jspecify.annotations.NullMarked;
