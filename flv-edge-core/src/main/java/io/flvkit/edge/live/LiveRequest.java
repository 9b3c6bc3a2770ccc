package io.flvkit.edge.live;

import io.flvkit.edge.http.Protocol;
import io.flvkit.token.CanonicalPath;
import java.util.List;

/**
 * Somebody wants to watch.
 *
 * @param path the whole path
 * @param originQuery what is passed to the origin, raw, without question mark; empty for nothing
 * @param rendition what the viewer wants of it
 * @param start where in the window the viewer starts
 * @param protocol how the viewer is connected
 * @param listener hears of this viewer
 * @param hops the {@link io.flvkit.edge.origin.CdnLoop} fields of the request
 * @param requestId told to the origin if this request makes the edge pull
 */
public record LiveRequest(
    CanonicalPath path,
    String originQuery,
    RenditionKind rendition,
    StartAt start,
    Protocol protocol,
    ViewerListener listener,
    List<String> hops,
    String requestId) {}
