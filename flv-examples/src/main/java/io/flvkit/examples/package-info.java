/**
 * The {@code flvkit} command and the examples of embedding.
 *
 * <p>Start at {@code FlvKit}, which runs a command of {@code cli}. {@code origin} is the test
 * origin that the demo and the tests pull from. The classes with a {@code main} of their own are
 * examples to copy from, one story each.
 */
@NullMarked
package io.flvkit.examples;

import org.jspecify.annotations.NullMarked;
