/** Signed links. */
@NullMarked
package io.flvkit.token;

import org.jspecify.annotations.NullMarked;
