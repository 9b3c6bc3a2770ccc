package io.flvkit.edge.live;

/** Hears of one viewer, for metrics and the log. Called on the viewer's loop. */
public interface ViewerListener {
  /** The viewer was too far behind and went on at the newest keyframe. */
  void jumped();

  /** How far the viewer is behind the writer, looked at once a second. */
  void lags(long millis);

  /** A fault of the edge itself ended the viewer. */
  void failed(Throwable cause);
}
