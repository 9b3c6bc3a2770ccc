/**
 * Figures for Prometheus. Start at {@link io.flvkit.edge.metrics.EdgeMetrics}, which the edge tells
 * what happens; it hands out a {@link io.flvkit.edge.metrics.StreamMetrics} per stream and a {@link
 * io.flvkit.edge.metrics.ViewerMetrics} per viewer, whose series are looked up once, so that
 * counting a byte is one addition to a striped counter.
 *
 * <p>Labels are bounded: 100 streams have their own, the others share {@code other}. Everything is
 * safe to call from any thread and never blocks on the network. Nothing here calls the rest of the
 * edge.
 */
@NullMarked
package io.flvkit.edge.metrics;

import org.jspecify.annotations.NullMarked;
