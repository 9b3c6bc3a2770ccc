/**
 * What the schemes are made of. {@link io.flvkit.token.internal.TokenFormat} is one way to carry
 * and prove a token; a signer or a verifier asks it and adds nothing. Formats are stateless;
 * buffers, digests and MACs are reused per thread and wiped of secrets after use.
 */
@NullMarked
package io.flvkit.token.internal;

import org.jspecify.annotations.NullMarked;
