/**
 * The admin listener: health, the list of streams, metrics.
 *
 * <p>Start at {@link io.flvkit.edge.admin.AdminHandler}. It answers on its own listener, by default
 * on loopback only; with a token, everything but health needs it.
 */
@NullMarked
package io.flvkit.edge.admin;

import org.jspecify.annotations.NullMarked;
