package io.flvkit.vod.cache;

/**
 * Why a slice did not come.
 *
 * @param kind what it means for others
 * @param detail for logs
 */
public record FillFailure(Kind kind, String detail) {

  /** What a failure means. */
  public enum Kind {
    /** The origin has another version now, or none: this one is of no use any more. */
    CHANGED,
    /** No origin could be reached, or all of them failed. */
    UNREACHABLE,
    /** No origin answered in time. */
    LATE
  }
}
