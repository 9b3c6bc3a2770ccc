package io.flvkit.edge.vod;

/** What a request for a file meets at its origins. Called on the loop of the request. */
public interface VodEvents {
  /** For who does not want to know. */
  VodEvents NONE =
      new VodEvents() {
        @Override
        public void originServes(String origin) {}

        @Override
        public void originFailed(String origin, String reason) {}

        @Override
        public void received(long bytes) {}
      };

  /** The answer of this origin goes to the client. Origins are named by their configured URL. */
  void originServes(String origin);

  /** This origin could not be reached, was late, answered 5xx or nonsense, or closed early. */
  void originFailed(String origin, String reason);

  /** Bytes of the file came from the origin. */
  void received(long bytes);
}
