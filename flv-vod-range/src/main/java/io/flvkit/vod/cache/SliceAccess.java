package io.flvkit.vod.cache;

/** A slice that can be read: from disk, or as it comes. Whoever got it releases it. */
public sealed interface SliceAccess {
  /** Where the slice is. */
  enum Kind {
    STORED,
    COMING,
    NO_ROOM
  }

  /** Which of the three this is. */
  Kind kind();

  /**
   * On disk.
   *
   * @param lease to close after use
   */
  record Stored(SliceLease lease) implements SliceAccess {
    @Override
    public Kind kind() {
      return Kind.STORED;
    }
  }

  /**
   * On its way.
   *
   * @param fill to release after use
   */
  record Coming(SliceFill fill) implements SliceAccess {
    @Override
    public Kind kind() {
      return Kind.COMING;
    }
  }

  /** As much is being fetched, or as many files are open, as may be: to be tried again later. */
  record NoRoom() implements SliceAccess {
    @Override
    public Kind kind() {
      return Kind.NO_ROOM;
    }
  }
}
