package io.flvkit.edge.live;

/** What a viewer tells its stream. Called on the viewer's loop. */
interface ViewerHome {
  /** A viewer went on at a newer keyframe. */
  void jumped();

  /** The viewer is gone. Told once. */
  void left(Viewer viewer);
}
