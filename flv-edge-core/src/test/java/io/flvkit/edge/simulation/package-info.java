/**
 * The whole live logic in one thread and virtual time: origins that fail, viewers that dawdle, a
 * drain, all from one seed.
 *
 * <p>Start at {@link io.flvkit.edge.simulation.Simulation}: one seed, one run. A {@link
 * io.flvkit.edge.simulation.Programme} is what an encoder makes; {@link
 * io.flvkit.edge.simulation.SimOrigin}s serve it and get into trouble; each {@link
 * io.flvkit.edge.simulation.SimViewer} judges every tag that it gets. Broken rules are thrown as
 * {@link io.flvkit.edge.simulation.BrokenRule}, which names the seed.
 */
@NullMarked
package io.flvkit.edge.simulation;

import org.jspecify.annotations.NullMarked;
