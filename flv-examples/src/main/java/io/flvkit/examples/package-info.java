/** The {@code flvkit} command: start at {@code FlvKit}. */
@NullMarked
package io.flvkit.examples;

import org.jspecify.annotations.NullMarked;
