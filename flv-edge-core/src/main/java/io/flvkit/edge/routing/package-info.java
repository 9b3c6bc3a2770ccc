/**
 * From a request to the service that answers it.
 *
 * <p>Start at {@link io.flvkit.edge.routing.Router}: it reads path and query once, finds the mount,
 * and keeps the order of checks of the manual: syntax, route, preflight, method, access, query,
 * capacity, origin. A {@link io.flvkit.edge.routing.Route} is one mount.
 */
@NullMarked
package io.flvkit.edge.routing;

import org.jspecify.annotations.NullMarked;
