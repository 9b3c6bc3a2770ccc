package io.flvkit.edge.live;

/** What a viewer tells its stream. Called on the viewer's loop. */
interface ViewerHome {
  /** Its first bytes are on the way. */
  void joined(Viewer viewer);

  /** It went on at a newer keyframe. */
  void jumped(Viewer viewer);

  /** It is gone. Told once. */
  void left(Viewer viewer);
}
