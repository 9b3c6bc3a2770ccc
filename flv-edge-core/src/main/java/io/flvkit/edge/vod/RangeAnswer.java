package io.flvkit.edge.vod;

import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.vod.cache.FileVersion;
import java.nio.ByteBuffer;

/** What asking the origins for a range of a file came to. */
sealed interface RangeAnswer {

  /**
   * The bytes; fewer than were asked for where the file ends.
   *
   * @param version what they are of; the caller judges whether it is the one it means
   * @param bytes not changed any more
   */
  record Bytes(FileVersion version, ByteBuffer bytes) implements RangeAnswer {}

  /** The origin sends no ranges, or none that can be told to be of one version. */
  record NoRange() implements RangeAnswer {}

  /** It does not come; this is what the client is told. */
  record Failed(EdgeResponse response) implements RangeAnswer {}
}
