/**
 * The access log. The edge makes an {@link io.flvkit.edge.log.AccessEntry} for each finished
 * response and gives it to an {@link io.flvkit.edge.log.AccessLog}, which never makes it wait: a
 * bounded queue leads to a thread that writes one JSON line each. {@link
 * io.flvkit.edge.log.Redaction} takes secrets out of queries first.
 *
 * <p>When the queue is full or the disk fails, lines are dropped and counted.
 */
@NullMarked
package io.flvkit.edge.log;

import org.jspecify.annotations.NullMarked;
