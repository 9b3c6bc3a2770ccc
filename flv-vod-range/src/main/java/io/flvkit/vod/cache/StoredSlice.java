package io.flvkit.vod.cache;

import org.jspecify.annotations.Nullable;

/** A slice on disk. The mutable part is for the store only. */
final class StoredSlice {
  private final CachedFile file;
  private final long index;
  private final String name;
  private final int dataBytes;
  private final int checksum;

  /** The state of the disk's file when its checksum was right; null: not looked at yet. */
  private volatile @Nullable Object verifiedStamp;

  StoredSlice(CachedFile file, long index, String name, int dataBytes, int checksum) {
    this.file = file;
    this.index = index;
    this.name = name;
    this.dataBytes = dataBytes;
    this.checksum = checksum;
  }

  CachedFile file() {
    return file;
  }

  long index() {
    return index;
  }

  String name() {
    return name;
  }

  int dataBytes() {
    return dataBytes;
  }

  int checksum() {
    return checksum;
  }

  /** What the slice takes on disk. */
  int bytes() {
    return SliceHeader.BYTES + dataBytes;
  }

  @Nullable Object verifiedStamp() {
    return verifiedStamp;
  }

  void verified(Object stamp) {
    verifiedStamp = stamp;
  }
}
