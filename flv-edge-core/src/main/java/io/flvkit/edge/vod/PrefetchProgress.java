package io.flvkit.edge.vod;

import java.util.List;

/**
 * How far a job is that fetches files into the cache.
 *
 * @param id of the job
 * @param state what it does
 * @param files how many it is to fetch
 * @param bytesDone of them in the cache
 * @param bytesTotal of those whose length is known by now
 * @param errors one line for each file that could not be fetched, with its path
 */
public record PrefetchProgress(
    String id, State state, int files, long bytesDone, long bytesTotal, List<String> errors) {

  /** What a job does. */
  public enum State {
    RUNNING("running"),
    /** All files are there. */
    DONE("done"),
    /** At least one is not. */
    FAILED("failed");

    private final String label;

    State(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
