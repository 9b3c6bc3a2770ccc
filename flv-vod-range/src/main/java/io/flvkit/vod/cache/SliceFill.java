package io.flvkit.vod.cache;

import io.flvkit.vod.ByteRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A slice on its way from an origin, held in memory: one producer appends, any number of readers
 * follow. Readers that leave do not disturb it, and a failure reaches all of them. Thread-safe.
 */
public final class SliceFill {
  private static final int PIECE_BYTES = 64 * 1024;

  private final CachedFile file;
  private final long index;
  private final ByteRange range;
  private final Consumer<SliceFill> onOver;
  private final Consumer<SliceFill> onIdle;
  private final List<ByteBuffer> pieces = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();

  private int bytes;
  private int users = 1;
  private @Nullable FillFailure failure;

  /**
   * A fill without a byte, used by the cache until it is stored.
   *
   * @param onOver told once, when the last byte came or the fill failed
   * @param onIdle told once, when nobody uses its memory any more
   */
  SliceFill(
      CachedFile file,
      long index,
      ByteRange range,
      Consumer<SliceFill> onOver,
      Consumer<SliceFill> onIdle) {
    this.file = file;
    this.index = index;
    this.range = range;
    this.onOver = onOver;
    this.onIdle = onIdle;
  }

  /** The version that the slice is of. */
  public CachedFile file() {
    return file;
  }

  /** Which slice of the file it is, from 0. */
  public long index() {
    return index;
  }

  /** The bytes of the file that the slice holds. */
  public ByteRange range() {
    return range;
  }

  /** The bytes of the file that are still to come; null when there are none. */
  public synchronized @Nullable ByteRange missing() {
    return bytes == range.length() ? null : new ByteRange(range.first() + bytes, range.last());
  }

  /** Copies bytes of {@code source} until it is empty or the slice complete. */
  public void append(ByteBuffer source) {
    List<Runnable> woken;
    boolean complete;
    synchronized (this) {
      if (failure != null || bytes == range.length()) {
        return;
      }
      int count = (int) Math.min(source.remaining(), range.length() - bytes);
      copy(source.slice(source.position(), count));
      source.position(source.position() + count);
      bytes += count;
      complete = bytes == range.length();
      woken = takeWaiting();
    }
    woken.forEach(Runnable::run);
    if (complete) {
      onOver.accept(this);
    }
  }

  private void copy(ByteBuffer source) {
    while (source.hasRemaining()) {
      ByteBuffer last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
      if (last == null || !last.hasRemaining()) {
        long left = range.length() - (long) pieces.size() * PIECE_BYTES;
        last = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, left));
        pieces.add(last);
      }
      int count = Math.min(last.remaining(), source.remaining());
      last.put(last.position(), source, source.position(), count);
      last.position(last.position() + count);
      source.position(source.position() + count);
    }
  }

  /** No more bytes will come. Without effect on a fill that is over. */
  public void fail(FillFailure why) {
    List<Runnable> woken;
    synchronized (this) {
      if (failure != null || bytes == range.length()) {
        return;
      }
      failure = why;
      woken = takeWaiting();
    }
    woken.forEach(Runnable::run);
    onOver.accept(this);
  }

  /** Why no more bytes come; null while they do, and when all came. */
  public synchronized @Nullable FillFailure failure() {
    return failure;
  }

  /**
   * Bytes of the file from {@code offset} on, as many as lie together, at most {@code max}; null if
   * they are not there yet. A read-only view, valid for ever.
   */
  public synchronized @Nullable ByteBuffer bytes(long offset, int max) {
    int from = (int) (offset - range.first());
    if (from >= bytes) {
      return null;
    }
    ByteBuffer piece = pieces.get(from / PIECE_BYTES);
    int start = from % PIECE_BYTES;
    return piece.asReadOnlyBuffer().clear().slice(start, Math.min(max, piece.position() - start));
  }

  /**
   * Runs {@code task} once, when the byte at {@code offset} may be there or the fill has failed: at
   * once if that is so already, else on the thread of the producer.
   */
  public void await(long offset, Runnable task) {
    synchronized (this) {
      if (failure == null && offset - range.first() >= bytes) {
        waiting.add(task);
        return;
      }
    }
    task.run();
  }

  /** One more reader holds the memory. False if nobody does any more: the slice is stored. */
  synchronized boolean retain() {
    if (users == 0) {
      return false;
    }
    users++;
    return true;
  }

  /** A reader that was given this fill needs it no more; called once for each time it was given. */
  public void release() {
    synchronized (this) {
      users--;
      if (users > 0) {
        return;
      }
    }
    onIdle.accept(this);
  }

  /** All bytes, for the disk; only when complete. */
  synchronized List<ByteBuffer> content() {
    return pieces.stream().map(piece -> piece.asReadOnlyBuffer().flip()).toList();
  }

  private List<Runnable> takeWaiting() {
    List<Runnable> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }
}
