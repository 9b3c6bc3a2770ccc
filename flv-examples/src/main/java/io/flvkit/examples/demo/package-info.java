/**
 * The demo: an origin, an edge that pulls from it, and the player page, in one process.
 *
 * <p>Start at {@code Demo}. {@code DemoFiles} puts the bundled clips where the origin finds them.
 */
@NullMarked
package io.flvkit.examples.demo;

import org.jspecify.annotations.NullMarked;
