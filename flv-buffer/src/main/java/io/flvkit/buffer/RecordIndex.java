package io.flvkit.buffer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where the records of one segment end, and what the writer said about each. Only grows. One
 * writer; readers see entries below {@link #count()}, some of which may not be published yet.
 */
final class RecordIndex {
  private final AtomicReference<Columns> columns;
  private final AtomicInteger count = new AtomicInteger();

  RecordIndex(int expectedRecords) {
    columns = new AtomicReference<>(new Columns(Math.max(4, expectedRecords)));
  }

  /** Writer only. */
  void add(int endOffset, int kind, long clockMillis, int fingerprint) {
    int i = count.getPlain();
    Columns to = columns.getPlain();
    if (i == to.ends.length) {
      to = new Columns(to);
      // Release; pairs with the acquire in `columns()`: the copied entries come with the array.
      columns.setRelease(to);
    }
    to.ends[i] = endOffset;
    to.kinds[i] = kind;
    to.clocksMillis[i] = clockMillis;
    to.fingerprints[i] = fingerprint;
    // Release; pairs with the acquire in `count()`: a counted entry is a complete one.
    count.setRelease(i + 1);
  }

  int count() {
    // Acquire; pairs with the release of the count in `add`.
    return count.getAcquire();
  }

  /** To be read after {@link #count()}, so that the columns are at least as new as the count. */
  private Columns columns() {
    // Acquire; pairs with the release of the columns in `add`.
    return columns.getAcquire();
  }

  int startOf(int i) {
    return i == 0 ? 0 : columns().ends[i - 1];
  }

  int endOf(int i) {
    return columns().ends[i];
  }

  int kindOf(int i) {
    return columns().kinds[i];
  }

  long clockMillisOf(int i) {
    return columns().clocksMillis[i];
  }

  int fingerprintOf(int i) {
    return columns().fingerprints[i];
  }

  /** Index of the record that contains the byte at {@code offset}; the count if none does. */
  int find(int offset) {
    int low = 0;
    int high = count();
    int[] ends = columns().ends;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static final class Columns {
    final int[] ends;
    final int[] kinds;
    final int[] fingerprints;
    final long[] clocksMillis;

    Columns(int capacity) {
      ends = new int[capacity];
      kinds = new int[capacity];
      fingerprints = new int[capacity];
      clocksMillis = new long[capacity];
    }

    Columns(Columns full) {
      int capacity = full.ends.length * 2;
      ends = Arrays.copyOf(full.ends, capacity);
      kinds = Arrays.copyOf(full.kinds, capacity);
      fingerprints = Arrays.copyOf(full.fingerprints, capacity);
      clocksMillis = Arrays.copyOf(full.clocksMillis, capacity);
    }
  }
}
