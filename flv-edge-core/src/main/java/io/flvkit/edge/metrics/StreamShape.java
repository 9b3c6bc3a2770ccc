package io.flvkit.edge.metrics;

import org.jspecify.annotations.Nullable;

/**
 * What a stream looks like at this moment; null: not known, the figure is then left out.
 *
 * @param bitrateBps bits of media a second
 * @param fps pictures a second
 * @param gopSeconds length of the last group of pictures
 * @param lastKeyframeAgeSeconds time since the last keyframe came
 */
public record StreamShape(
    @Nullable Double bitrateBps,
    @Nullable Double fps,
    @Nullable Double gopSeconds,
    @Nullable Double lastKeyframeAgeSeconds) {}
