package io.flvkit.edge.live;

import io.flvkit.buffer.JoinPoint;

/**
 * What is attached to a join point.
 *
 * @param configuration in force there
 * @param changes how often the stream's configuration had changed by then: who has read on from
 *     another join point knows this one's configuration if no change lies between
 * @param timestampMillis of the tag at which viewers start
 */
record JoinContext(Configuration configuration, long changes, long timestampMillis) {

  static JoinContext at(JoinPoint point) {
    return point.context() instanceof JoinContext context
        ? context
        : new JoinContext(Configuration.NONE, -1, point.clockMillis());
  }
}
