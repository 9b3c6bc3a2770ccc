/** Parsing that several header fields share; not part of the API. */
@NullMarked
package io.flvkit.vod.internal;

import org.jspecify.annotations.NullMarked;
