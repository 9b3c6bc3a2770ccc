/**
 * Everything that touches a socket.
 *
 * <p>Start at {@link io.flvkit.edge.netty.NettyTransport}: it owns the event loops, opens listeners
 * and pulls. A connection of a client is one {@link io.flvkit.edge.netty.Http1Connection}; it turns
 * heads into requests, asks the handler, and sends the answer by a {@code *Writer} that knows the
 * kind of body. Nothing in here decides what is answered.
 */
@NullMarked
package io.flvkit.edge.netty;

import org.jspecify.annotations.NullMarked;
