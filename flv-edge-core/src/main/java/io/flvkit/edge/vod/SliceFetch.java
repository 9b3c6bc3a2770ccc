package io.flvkit.edge.vod;

import io.flvkit.edge.http.Headers;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginPull;
import io.flvkit.token.CanonicalPath;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.cache.FileVersion;
import io.flvkit.vod.cache.FillFailure;
import io.flvkit.vod.cache.SliceCache;
import io.flvkit.vod.cache.SliceFill;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one slice of a version that is known. Where a connection breaks, the next one goes on at
 * the same byte. An answer of another version ends the version. Confined to the loop.
 */
final class SliceFetch implements OriginReceiver {
  /** How often the slice is asked for again although not a byte came of the last answer. */
  private static final int FRUITLESS_MAX = 2;

  /** How often it is asked for again at all. */
  private static final int RESUMES_MAX = 20;

  private final SliceCache cache;
  private final Origins origins;
  private final CanonicalPath path;
  private final SliceFill fill;
  private final Headers fields;
  private final Loop loop;
  private final VodEvents events;
  private final StallWatch stall;

  private @Nullable OriginPull pull;
  private @Nullable ByteRange asked;
  private int fruitless;
  private int resumes;

  /**
   * A fetch not begun.
   *
   * @param path of the file below the mount
   * @param fields that each request carries beside its range
   */
  SliceFetch(
      SliceCache cache,
      Origins origins,
      CanonicalPath path,
      SliceFill fill,
      Headers fields,
      Loop loop,
      VodEvents events) {
    this.cache = cache;
    this.origins = origins;
    this.path = path;
    this.fill = fill;
    this.fields = fields;
    this.loop = loop;
    this.events = events;
    this.stall = new StallWatch(loop, origins.deadlines().stall(), () -> broken("stalled"));
  }

  /** Asks for what is missing. */
  void start() {
    ByteRange missing = fill.missing();
    if (missing != null) {
      asked = missing;
      Headers request = fields.toBuilder().set("Range", "bytes=" + missing).build();
      origins.ask("GET", path, request, loop, events, this);
    }
  }

  /** Takes over an answer whose head was found right: all of the slice is to come. */
  void adopt(OriginPull running) {
    asked = fill.range();
    pull = running;
    stall.start();
  }

  @Override
  public boolean head(int status, Headers headers, OriginPull running) {
    pull = running;
    FileVersion known = fill.file().version();
    OriginFile.Part part = status == 206 ? OriginFile.part(headers) : null;
    if (status == 206 && part == null) {
      return false;
    }
    if (part == null || part.lengthBytes() != known.length()) {
      changed(part == null ? "status " + status + " to a range" : "another length");
      return true;
    }
    if (!part.range().equals(asked)) {
      return false;
    }
    FileVersion now = OriginFile.version(known.key(), headers, part.lengthBytes(), true);
    if (now == null || !now.isSameAs(known)) {
      changed("other validators");
      return true;
    }
    stall.start();
    return true;
  }

  private void changed(String detail) {
    stall.stop();
    cancel();
    cache.drop(fill.file());
    fill.fail(new FillFailure(FillFailure.Kind.CHANGED, detail));
  }

  private void cancel() {
    if (pull != null) {
      pull.cancel();
      pull = null;
    }
  }

  @Override
  public void bytes(ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      fruitless = 0;
      stall.progress();
      fill.append(bytes);
    }
  }

  @Override
  public void ended() {
    resume("the origin closed early");
  }

  @Override
  public void broken(String why) {
    resume(why);
  }

  private void resume(String why) {
    stall.stop();
    cancel();
    if (fill.missing() == null) {
      return;
    }
    if (++fruitless > FRUITLESS_MAX || ++resumes > RESUMES_MAX) {
      fill.fail(new FillFailure(FillFailure.Kind.UNREACHABLE, why));
    } else {
      start();
    }
  }

  @Override
  public void refused(Refusal refusal) {
    if (refusal.status() >= 500) {
      fill.fail(new FillFailure(FillFailure.Kind.UNREACHABLE, "status " + refusal.status()));
    } else {
      changed("status " + refusal.status());
    }
  }

  @Override
  public void unreachable(boolean late) {
    fill.fail(
        new FillFailure(
            late ? FillFailure.Kind.LATE : FillFailure.Kind.UNREACHABLE, "no origin answers"));
  }
}
