/**
 * A test origin: live streams that loop a file or are published over HTTP, files with ranges, and
 * faults on demand.
 *
 * <p>Start at {@code TestOrigin}. A {@code FileLoop} or a {@code Publication} hands tags to a
 * {@code LiveStream}, which keeps what a joining viewer needs (configuration and everything since
 * the newest keyframe) and passes each tag on to its {@code LiveViewer}s. {@code OriginHandler}
 * routes requests, {@code FaultHandler} is the admin listener.
 *
 * <p>All of it runs on one event loop, so nothing here is locked. Bounds: 32 MiB of pictures since
 * the newest keyframe, 16 MiB waiting for a viewer (one further behind is closed), one publisher a
 * stream. An edge is made for many viewers, this origin for a handful.
 */
@NullMarked
package io.flvkit.examples.origin;

import org.jspecify.annotations.NullMarked;
