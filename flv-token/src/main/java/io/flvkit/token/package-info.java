/**
 * Signed links: made by an application, verified by an edge, in the schemes of many CDNs.
 *
 * <p>Start at {@link io.flvkit.token.UrlSigner} or {@link io.flvkit.token.UrlVerifier}; both are
 * made from a {@link io.flvkit.token.Scheme} and a {@link io.flvkit.token.KeyRing}. A {@link
 * io.flvkit.token.Grant} says what a link is to allow, a {@link io.flvkit.token.Verdict} what it
 * does. {@link io.flvkit.token.CanonicalPath} is the one reading of a path that all of them, and
 * routing, cache keys and origin URLs, share.
 *
 * <p>Everything is safe for any number of threads except builders. Time is an argument. Secrets are
 * in {@link io.flvkit.token.Secret} and never shown.
 */
@NullMarked
package io.flvkit.token;

import org.jspecify.annotations.NullMarked;
