/** JMH benchmarks, one question each. */
@NullMarked
package io.flvkit.bench;

import org.jspecify.annotations.NullMarked;
