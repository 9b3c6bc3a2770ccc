/** The edge. */
@NullMarked
package io.flvkit.edge;

import org.jspecify.annotations.NullMarked;
