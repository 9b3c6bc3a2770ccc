package io.flvkit.codec;

import io.flvkit.codec.config.DecoderConfig;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a stream consists of, and what is wrong with it.
 *
 * @param header the file header, empty if there is none
 * @param metadata the first onMetaData that can be read
 * @param tags numbers of all tags, configuration included
 * @param keyframes number of coded video key frames of all tracks, those made by a server left out
 * @param codecs each codec of each track, in the order in which they appear
 * @param durationMillis largest minus smallest timestamp of audio and video, wraps undone;
 *     configuration before the first media does not count if it is a second or more away
 * @param bytes length of the input, garbage included
 * @param bitrateBps bits of all audio and video bodies per second, 0 without duration
 * @param videoFps mean frames per second of the first video track; empty with fewer than two frames
 * @param gopMillis distances of key frames in the first video track; empty with fewer than two
 * @param problems in the order of the input, at most {@link FlvInspector#MAX_PROBLEMS}
 * @param problemsOmitted how many more there are
 */
public record FlvReport(
    Optional<FlvHeader> header,
    Optional<OnMetaData> metadata,
    TagCounts tags,
    long keyframes,
    List<Codec> codecs,
    long durationMillis,
    long bytes,
    long bitrateBps,
    OptionalDouble videoFps,
    Optional<GopMillis> gopMillis,
    List<FlvProblem> problems,
    long problemsOmitted) {

  /** Keeps immutable copies. */
  public FlvReport {
    codecs = List.copyOf(codecs);
    problems = List.copyOf(problems);
  }

  /** Numbers of tags by type; script counts AMF0 only, AMF3 (type 15) is among the other ones. */
  public record TagCounts(long audio, long video, long script, long other) {}

  /** Shortest, longest and mean distance of key frames in milliseconds. */
  public record GopMillis(long min, long max, double mean) {}

  /**
   * A codec of a track.
   *
   * @param isVideo video or audio
   * @param trackId 0..255
   * @param name see {@link CodecNames}
   * @param config from the first sequence header, if it can be read
   */
  public record Codec(boolean isVideo, int trackId, String name, Optional<DecoderConfig> config) {}

  /** Whether one of the problems is an error. */
  public boolean hasErrors() {
    return problems.stream().anyMatch(p -> p.severity() == FlvProblem.Severity.ERROR);
  }
}
