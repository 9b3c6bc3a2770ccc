package io.flvkit.edge.vod;

import io.flvkit.edge.http.BodySource;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginPull;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.cache.FileVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends stretches of our own making and stretches of a file as its origin sends them, one after the
 * other. Confined to the loop, except where calls of {@link BodySource} may come from elsewhere.
 */
final class StitchedBody implements BodySource {
  private final FileVersion version;
  private final BiConsumer<ByteRange, OriginReceiver> origins;
  private final Duration stall;
  private final Loop loop;
  private final Deque<Segment> segments;

  private @Nullable Sink sink;
  private @Nullable Stretch stretch;
  private int piecesWanted;
  private boolean over;

  /**
   * A body not begun.
   *
   * @param version what the bytes must be of
   * @param origins asks for a range
   * @param stall how long an origin may be silent
   */
  StitchedBody(
      FileVersion version,
      List<Segment> segments,
      BiConsumer<ByteRange, OriginReceiver> origins,
      Duration stall,
      Loop loop) {
    this.version = version;
    this.segments = new ArrayDeque<>(segments);
    this.origins = origins;
    this.stall = stall;
    this.loop = loop;
  }

  @Override
  public void start(Sink client) {
    loop.run(
        () -> {
          sink = client;
          next();
        });
  }

  @Override
  public void more() {
    loop.run(
        () -> {
          piecesWanted++;
          if (stretch != null) {
            stretch.more();
          } else {
            next();
          }
        });
  }

  @Override
  public void cancel() {
    loop.run(
        () -> {
          over = true;
          if (stretch != null) {
            stretch.cancel();
          }
        });
  }

  private void next() {
    while (!over && stretch == null && sink != null) {
      Segment segment = segments.peek();
      if (segment == null) {
        over = true;
        sink.end();
      } else if (segment instanceof Segment.OfFile part) {
        segments.remove();
        Stretch begun = new Stretch(part.range());
        stretch = begun;
        origins.accept(part.range(), begun);
      } else if (piecesWanted > 0) {
        segments.remove();
        piecesWanted--;
        sink.piece(((Segment.Made) segment).bytes().duplicate());
      } else {
        return;
      }
    }
  }

  private void fail(String why) {
    if (!over && sink != null) {
      over = true;
      sink.broken(why);
    }
  }

  /** One stretch of the file, from an origin to the client. */
  private final class Stretch implements OriginReceiver {
    private final ByteRange asked;
    private @Nullable PassThroughBody body;

    Stretch(ByteRange asked) {
      this.asked = asked;
    }

    void more() {
      if (body != null) {
        body.more();
      }
    }

    void cancel() {
      if (body != null) {
        body.cancel();
      }
    }

    @Override
    public boolean head(int status, Headers headers, OriginPull pull) {
      OriginFile.Part part = status == 206 ? OriginFile.part(headers) : null;
      FileVersion now =
          part == null || !part.range().equals(asked)
              ? null
              : OriginFile.version(version.key(), headers, part.lengthBytes(), true);
      if (over || now == null || !now.isSameAs(version)) {
        pull.cancel();
        fail("the file changed at its origin");
        return true;
      }
      PassThroughBody begun = new PassThroughBody(loop, pull, stall);
      body = begun;
      begun.start(new ToClient(asked.length()));
      for (int i = 0; i < piecesWanted; i++) {
        begun.more();
      }
      return true;
    }

    @Override
    public void bytes(ByteBuffer bytes) {
      if (body != null) {
        body.received(bytes);
      }
    }

    @Override
    public void ended() {
      if (body != null) {
        body.ended();
      }
    }

    @Override
    public void broken(String why) {
      if (body != null) {
        body.broken(why);
      }
    }

    @Override
    public void refused(Refusal refusal) {
      fail("the origin answers " + refusal.status());
    }

    @Override
    public void unreachable(boolean late) {
      fail("no origin answers");
    }
  }

  /** Hands a stretch on, and sees to it that all of it came. */
  private final class ToClient implements Sink {
    private long missing;

    ToClient(long lengthBytes) {
      this.missing = lengthBytes;
    }

    @Override
    public void piece(ByteBuffer bytes) {
      piecesWanted--;
      missing -= bytes.remaining();
      if (sink != null) {
        sink.piece(bytes);
      }
    }

    @Override
    public void end() {
      if (missing == 0) {
        stretch = null;
        next();
      } else {
        fail("the origin closed early");
      }
    }

    @Override
    public void broken(String why) {
      fail(why);
    }
  }
}
