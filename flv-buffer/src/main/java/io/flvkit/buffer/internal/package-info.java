/** Memory for segments: direct buffers with a count, and a bounded pool of free ones. */
@NullMarked
package io.flvkit.buffer.internal;

import org.jspecify.annotations.NullMarked;
