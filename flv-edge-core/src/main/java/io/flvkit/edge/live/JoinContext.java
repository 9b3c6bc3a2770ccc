package io.flvkit.edge.live;

import io.flvkit.buffer.JoinPoint;

/**
 * What is attached to a join point.
 *
 * @param configuration in force there
 * @param timestampMillis of the tag at which viewers start
 */
record JoinContext(Configuration configuration, long timestampMillis) {

  static JoinContext at(JoinPoint point) {
    return point.context() instanceof JoinContext context
        ? context
        : new JoinContext(Configuration.NONE, point.clockMillis());
  }
}
