/**
 * The vocabulary between protocol adapters and services: requests, responses and their bodies.
 *
 * <p>Start at {@link io.flvkit.edge.http.EdgeRequest} and {@link io.flvkit.edge.http.EdgeResponse}.
 * An adapter turns what a client sent into one request, hands it to an {@link
 * io.flvkit.edge.http.EdgeHandler}, and frames the response's body for its protocol. Services never
 * see a protocol, adapters never see a service. This package knows nobody else of the edge.
 */
@NullMarked
package io.flvkit.edge.http;

import org.jspecify.annotations.NullMarked;
