package io.flvkit.edge.vod;

import io.flvkit.edge.http.BodySource;
import io.flvkit.edge.loop.Loop;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.SliceGrid;
import io.flvkit.vod.cache.CachedFile;
import io.flvkit.vod.cache.FillFailure;
import io.flvkit.vod.cache.SliceAccess;
import io.flvkit.vod.cache.SliceCache;
import io.flvkit.vod.cache.SliceFill;
import io.flvkit.vod.cache.SliceLease;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends stretches of a cached file, slice by slice: from disk where it is there, else as it comes.
 * Holds one slice at a time, and asks for the next one ahead where that costs the origin no more
 * than it may. Confined to the loop of the client's connection, except where calls of {@link
 * BodySource} may come from elsewhere.
 */
final class SlicedBody implements BodySource {
  private static final int PIECE_BYTES = 64 * 1024;

  /** From a file more goes at once; not all of a slice, so that files are not held for long. */
  private static final int FILE_PIECE_BYTES = 256 * 1024;

  private static final long RETRY_NANOS = 20_000_000L;
  private static final int RETRIES_MAX = 500;

  private final SliceCache cache;
  private final SliceGrid grid;
  private final CachedFile file;
  private final Consumer<SliceFill> loader;
  private final Loop loop;
  private final Executor disk;
  private final Deque<Segment> segments;
  private final ReadAhead ahead;

  private @Nullable Sink sink;
  private int piecesWanted;
  private long position = -1;
  private @Nullable SliceLease lease;
  private @Nullable SliceFill fill;
  private long held = -1;
  private boolean waiting;
  private int retries;
  private boolean over;

  /**
   * A body not begun.
   *
   * @param segments in order
   * @param loader begins to fetch a slice
   * @param cost bytes that the answer has made the origin send already
   */
  SlicedBody(
      SliceCache cache,
      CachedFile file,
      List<Segment> segments,
      Consumer<SliceFill> loader,
      long cost,
      Loop loop,
      Executor disk) {
    this.cache = cache;
    this.grid = cache.grid();
    this.file = file;
    this.segments = new ArrayDeque<>(segments);
    this.loop = loop;
    this.disk = disk;
    this.ahead = new ReadAhead(cost);
    this.loader =
        coming -> {
          ahead.costs(coming.range().length());
          loader.accept(coming);
        };
  }

  /** What the origin has had to send for this answer, against what the client got of it. */
  private final class ReadAhead {
    private final AtomicLong cost;
    private long delivered;

    ReadAhead(long cost) {
      this.cost = new AtomicLong(cost);
    }

    void costs(long bytes) {
      cost.addAndGet(bytes);
    }

    /** Asks for the slice after the one being sent, if the client is going to want it. */
    void consider(long index, long last) {
      long slice = grid.sliceBytes();
      boolean wanted = index < grid.indexOf(last);
      if (wanted
          && cost.get() + slice <= delivered + 2 * slice
          && !cache.hasOrAwaits(file, index + 1)) {
        cache.access(file, index + 1, loader).thenAccept(SlicedBody::release);
      }
    }
  }

  @Override
  public void start(Sink client) {
    loop.run(
        () -> {
          sink = client;
          deliver();
        });
  }

  @Override
  public void more() {
    loop.run(
        () -> {
          piecesWanted++;
          deliver();
        });
  }

  @Override
  public void cancel() {
    loop.run(this::finish);
  }

  private void deliver() {
    Sink client = sink;
    while (client != null && !over && !waiting && piecesWanted > 0) {
      Segment segment = segments.peek();
      if (segment == null) {
        finish();
        client.end();
      } else if (segment instanceof Segment.Made made) {
        segments.remove();
        piecesWanted--;
        client.piece(made.bytes().duplicate());
      } else {
        deliver(client, ((Segment.OfFile) segment).range());
      }
    }
    if (client != null && !over && !waiting && segments.isEmpty()) {
      finish();
      client.end();
    }
  }

  private void deliver(Sink client, ByteRange range) {
    if (position < 0) {
      position = range.first();
    }
    long index = grid.indexOf(position);
    if (held != index || (fill != null && cache.isStored(file, index))) {
      letGo();
      held = index;
      lease = cache.openNow(file, index);
      if (lease == null) {
        acquire(index);
        return;
      }
    }
    if (lease != null) {
      fromDisk(client, lease, range);
    } else if (fill != null) {
      fromFill(client, fill, range);
    }
  }

  private void acquire(long index) {
    waiting = true;
    cache
        .access(file, index, loader)
        .whenComplete(
            (access, failure) ->
                loop.run(
                    () -> {
                      waiting = false;
                      if (access == null) {
                        broken("the cache failed: " + failure);
                      } else {
                        acquired(access);
                      }
                    }));
  }

  private void acquired(SliceAccess access) {
    if (over) {
      release(access);
      return;
    }
    switch (access.kind()) {
      case STORED -> lease = ((SliceAccess.Stored) access).lease();
      case COMING -> fill = ((SliceAccess.Coming) access).fill();
      case NO_ROOM -> {
        noRoom();
        return;
      }
    }
    retries = 0;
    deliver();
  }

  /** Too many open files: a piece is copied. Too many fills: later. */
  private void noRoom() {
    Segment segment = segments.peek();
    if (segment instanceof Segment.OfFile part && cache.isStored(file, held)) {
      copy(position, length(part.range(), PIECE_BYTES));
    } else if (++retries > RETRIES_MAX) {
      broken("no room for a slice to come");
    } else {
      held = -1;
      waiting = true;
      loop.schedule(
          RETRY_NANOS,
          () -> {
            waiting = false;
            deliver();
          });
    }
  }

  private void fromDisk(Sink client, SliceLease slice, ByteRange range) {
    if (!client.takesFiles()) {
      copy(position, length(range, PIECE_BYTES));
      return;
    }
    int length = length(range, FILE_PIECE_BYTES);
    long offset = slice.offset() + position - grid.range(held).first();
    // The next piece opens the slice anew, which costs nothing as long as it is among the open.
    lease = null;
    held = -1;
    sent(range, length);
    client.file(slice.channel(), offset, length, slice::close);
  }

  /** Reads on a thread of the disk, for connections that cannot send from files. */
  private void copy(long from, int length) {
    ByteBuffer target = ByteBuffer.allocate(length);
    waiting = true;
    try {
      disk.execute(
          () -> {
            boolean read = cache.copy(file, from, target);
            loop.run(() -> copied(read, target));
          });
    } catch (RejectedExecutionException busy) {
      loop.schedule(RETRY_NANOS, () -> copied(false, target));
    }
  }

  private void copied(boolean read, ByteBuffer target) {
    waiting = false;
    Sink client = sink;
    if (over || client == null) {
      return;
    }
    letGo();
    if (read && segments.peek() instanceof Segment.OfFile part) {
      retries = 0;
      sent(part.range(), target.limit());
      client.piece(target.flip());
    } else if (++retries > RETRIES_MAX) {
      broken("a slice cannot be read");
    }
    deliver();
  }

  private void fromFill(Sink client, SliceFill coming, ByteRange range) {
    ByteBuffer bytes = coming.bytes(position, length(range, PIECE_BYTES));
    if (bytes != null) {
      sent(range, bytes.remaining());
      client.piece(bytes);
      return;
    }
    FillFailure failure = coming.failure();
    if (failure != null) {
      broken(failure.detail());
      return;
    }
    waiting = true;
    coming.await(
        position,
        () ->
            loop.execute(
                () -> {
                  waiting = false;
                  deliver();
                }));
  }

  private int length(ByteRange range, int max) {
    long end = Math.min(range.last(), grid.range(grid.indexOf(position)).last());
    return (int) Math.min(max, end - position + 1);
  }

  /** The next {@code length} bytes are on their way to the client. */
  private void sent(ByteRange range, int length) {
    piecesWanted--;
    ahead.delivered += length;
    ahead.consider(grid.indexOf(position), range.last());
    position += length;
    if (position > range.last()) {
      segments.remove();
      position = -1;
    }
  }

  private void broken(String why) {
    Sink client = sink;
    if (!over && client != null) {
      finish();
      client.broken(why);
    }
  }

  private void finish() {
    over = true;
    letGo();
  }

  private void letGo() {
    if (lease != null) {
      lease.close();
      lease = null;
    }
    if (fill != null) {
      fill.release();
      fill = null;
    }
    held = -1;
  }

  static void release(SliceAccess access) {
    if (access instanceof SliceAccess.Stored stored) {
      stored.lease().close();
    } else if (access instanceof SliceAccess.Coming coming) {
      coming.fill().release();
    }
  }
}
