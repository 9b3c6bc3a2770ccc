/**
 * Where streams come from: the addresses of origins, and the contract of one pull.
 *
 * <p>Start at {@link io.flvkit.edge.origin.OriginConnector}: it opens an {@link
 * io.flvkit.edge.origin.OriginPull} and tells its listener what comes. The implementation over
 * sockets is in the netty package; tests script their own.
 */
@NullMarked
package io.flvkit.edge.origin;

import org.jspecify.annotations.NullMarked;
