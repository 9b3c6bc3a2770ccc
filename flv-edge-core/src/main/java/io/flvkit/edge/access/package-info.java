/**
 * Who may read. Start at {@link io.flvkit.edge.access.AccessPolicy}: the rules of one mount, asked
 * in order until one denies. A rule sees an {@link io.flvkit.edge.access.AccessRequest}, a small
 * record of facts, and answers with an {@link io.flvkit.edge.access.AccessVerdict}, at once or
 * later. {@link io.flvkit.edge.access.TrustedProxies} finds the client's address behind proxies.
 *
 * <p>Everything here is immutable and safe to use from any thread. Nothing here calls the rest of
 * the edge.
 */
@NullMarked
package io.flvkit.edge.access;

import org.jspecify.annotations.NullMarked;
