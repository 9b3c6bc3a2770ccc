/**
 * Live streams: one pull from an origin, any number of viewers.
 *
 * <p>Start at {@link io.flvkit.edge.live.LiveService}. It keeps one {@link
 * io.flvkit.edge.live.LiveStream} per name; the stream's tags go through a {@link
 * io.flvkit.edge.live.Timeline} into the window of each {@link io.flvkit.edge.live.Rendition},
 * which wakes a {@link io.flvkit.edge.live.FanOut} per event loop, which walks its {@link
 * io.flvkit.edge.live.Viewer}s. A viewer is a position in a window and holds no media.
 *
 * <p>A stream's state is confined to its home loop, a viewer to the loop of its outlet; between
 * them stands only the window. Nothing here does I/O: pulls, outlets and time are interfaces.
 */
@NullMarked
package io.flvkit.edge.live;

import org.jspecify.annotations.NullMarked;
