package io.flvkit.edge.live;

import io.flvkit.edge.http.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream as the admin API shows it; unknown values are null.
 *
 * @param origin the origin that serves, or served last
 * @param windowSeconds media time in the window
 */
public record StreamInfo(
    String path,
    StreamState state,
    @Nullable String origin,
    int viewers,
    int fullViewers,
    int audioViewers,
    int videoViewers,
    Map<Protocol, Integer> viewersByProtocol,
    List<String> codecs,
    @Nullable Long bitrateBps,
    @Nullable Double fps,
    @Nullable Double gopSeconds,
    double windowSeconds,
    long windowBytes,
    int failovers,
    long jumps,
    Instant startedAt) {}
