/** Writing of small JSON documents, for the admin API and the access log. */
@NullMarked
package io.flvkit.edge.json;

import org.jspecify.annotations.NullMarked;
