/**
 * The edge. {@link io.flvkit.edge.EdgeConfig} says what an edge serves and to whom: listeners, live
 * mounts ({@link io.flvkit.edge.LiveConfig}), file mounts ({@link io.flvkit.edge.VodConfig}) and
 * limits. It is made in code by its builder or read from YAML.
 */
@NullMarked
package io.flvkit.edge;

import org.jspecify.annotations.NullMarked;
