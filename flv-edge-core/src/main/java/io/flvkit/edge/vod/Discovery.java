package io.flvkit.edge.vod;

import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginPull;
import io.flvkit.token.CanonicalPath;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.HttpDate;
import io.flvkit.vod.Representation;
import io.flvkit.vod.cache.CachedFile;
import io.flvkit.vod.cache.FileVersion;
import io.flvkit.vod.cache.Freshness;
import io.flvkit.vod.cache.SliceFill;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks the origins what a file is that the cache does not know, or knows but not to be fresh: by
 * asking for one slice of it. Where that slice is not in the file, the first one is asked for;
 * where ranges lead nowhere, the whole. Confined to the loop.
 */
final class Discovery implements OriginReceiver {
  /** What is asked for. */
  private enum Ask {
    SLICE,
    FIRST_SLICE,
    WHOLE
  }

  private final CacheContext context;
  private final CanonicalPath path;
  private final String key;
  private final Headers fields;
  private final @Nullable CachedFile known;
  private final Loop loop;
  private final VodEvents events;
  private final CompletableFuture<CacheAnswer> answer = new CompletableFuture<>();

  private Ask ask;
  private ByteRange range;
  private Instant askedAt;
  private @Nullable SliceFetch slice;
  private @Nullable WholeFetch whole;

  /**
   * A discovery not begun.
   *
   * @param path of the file below the mount
   * @param key of the file in the cache
   * @param first the slice to ask for
   * @param fields that each request carries
   * @param known what the cache has and wants to hear about; null: nothing
   */
  Discovery(
      CacheContext context,
      CanonicalPath path,
      String key,
      long first,
      Headers fields,
      @Nullable CachedFile known,
      Loop loop,
      VodEvents events) {
    this.context = context;
    this.path = path;
    this.key = key;
    this.fields = fields;
    this.known = known;
    this.loop = loop;
    this.events = events;
    this.ask = known != null && known.version().whole() ? Ask.WHOLE : Ask.SLICE;
    this.range = context.cache().grid().range(first);
    this.askedAt = context.now();
  }

  CompletionStage<CacheAnswer> start() {
    loop.run(this::request);
    return answer;
  }

  private void request() {
    Headers.Builder headers = fields.toBuilder();
    if (ask == Ask.FIRST_SLICE) {
      range = context.cache().grid().range(0);
    }
    if (ask != Ask.WHOLE) {
      headers.set("Range", "bytes=" + range);
    }
    if (known != null) {
      Representation representation = known.version().representation();
      if (representation.etag() != null) {
        headers.set("If-None-Match", representation.etag().toString());
      } else if (representation.lastModified() != null) {
        headers.set("If-Modified-Since", HttpDate.format(representation.lastModified()));
      }
    }
    askedAt = context.now();
    context.origins().ask("GET", path, headers.build(), loop, events, this);
  }

  @Override
  public boolean head(int status, Headers headers, OriginPull pull) {
    switch (status) {
      case 200 -> whole(headers, pull);
      case 206 -> {
        return ask != Ask.WHOLE && slice(headers, pull);
      }
      case 304 -> {
        pull.cancel();
        return known != null && stillGood(known, headers);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean stillGood(CachedFile file, Headers headers) {
    Freshness freshness =
        Freshness.of(
                name -> {
                  String latest = OriginHeaders.joined(name, headers);
                  return latest == null ? file.version().fields().get(name) : latest;
                },
                askedAt,
                context.now(),
                context.config().ttl())
            .orElse(null);
    if (freshness == null) {
      context.cache().drop(file);
      answer.complete(new CacheAnswer.Unkept());
    } else {
      file.freshen(freshness);
      answer.complete(new CacheAnswer.Usable(file, CacheStatus.REVALIDATED));
    }
    return true;
  }

  private boolean slice(Headers headers, OriginPull pull) {
    OriginFile.Part part = OriginFile.part(headers);
    if (part == null
        || part.range().first() != range.first()
        || part.range().last() != Math.min(range.last(), part.lengthBytes() - 1)) {
      return false;
    }
    if (!OriginFile.isStrong(headers)) {
      pull.cancel();
      next(Ask.WHOLE);
      return true;
    }
    FileVersion version = OriginFile.version(key, headers, part.lengthBytes(), true);
    Freshness freshness = freshness(headers);
    if (version == null || freshness == null) {
      unkept(pull);
      return true;
    }
    CachedFile file = context.cache().admit(version, freshness);
    SliceFill fill = context.cache().begin(file, context.cache().grid().indexOf(range.first()));
    if (fill == null) {
      pull.cancel(); // it is there already, or there is no room
    } else {
      slice = context.fetch(fill, path, fields, loop, events);
      slice.adopt(pull);
    }
    found(file);
    return true;
  }

  private void whole(Headers headers, OriginPull pull) {
    long length = AnswerHead.lengthBytes(headers);
    // One that is larger pushes its own slices out before a slow client has come to them.
    boolean fits =
        length <= Math.min(context.config().maxWholeBytes(), context.config().bytes() / 4)
            && context.cache().hasRoom(length);
    FileVersion version = fits ? OriginFile.version(key, headers, length, false) : null;
    Freshness freshness = freshness(headers);
    if (version == null || freshness == null) {
      unkept(pull);
      return;
    }
    CachedFile file = context.cache().admit(version, freshness);
    whole =
        WholeFetch.begin(context.cache(), file, pull, loop, context.origins().deadlines().stall());
    if (whole == null) {
      context.cache().drop(file);
      unkept(pull);
    } else {
      found(file);
    }
  }

  private @Nullable Freshness freshness(Headers headers) {
    return Freshness.of(
            name -> OriginHeaders.joined(name, headers),
            askedAt,
            context.now(),
            context.config().ttl())
        .orElse(null);
  }

  private void found(CachedFile file) {
    CacheStatus status = known == null ? CacheStatus.MISS : CacheStatus.EXPIRED;
    answer.complete(new CacheAnswer.Usable(file, status));
  }

  private void unkept(OriginPull pull) {
    pull.cancel();
    if (known != null) {
      context.cache().drop(known);
    }
    answer.complete(new CacheAnswer.Unkept());
  }

  private void next(Ask then) {
    ask = then;
    request();
  }

  @Override
  public void bytes(ByteBuffer bytes) {
    if (slice != null) {
      slice.bytes(bytes);
    } else if (whole != null) {
      whole.bytes(bytes);
    }
  }

  @Override
  public void ended() {
    if (slice != null) {
      slice.ended();
    } else if (whole != null) {
      whole.ended();
    }
  }

  @Override
  public void broken(String why) {
    if (slice != null) {
      slice.broken(why);
    } else if (whole != null) {
      whole.broken(why);
    }
  }

  @Override
  public void refused(Refusal refusal) {
    if (refusal.status() == 416 && ask == Ask.SLICE && range.first() > 0) {
      next(Ask.FIRST_SLICE);
    } else if (refusal.status() == 416 && ask != Ask.WHOLE) {
      next(Ask.WHOLE);
    } else if (refusal.status() >= 500 && servesStale()) {
      answerStale();
    } else {
      if (known != null && refusal.status() < 500) {
        context.cache().drop(known);
      }
      Headers.Builder headers =
          OriginHeaders.toClient(refusal.headers())
              .set(context.cacheStatusHeader(), CacheStatus.MISS.name());
      answer.complete(
          new CacheAnswer.Final(
              new EdgeResponse(refusal.status(), headers.build(), refusal.body())));
    }
  }

  @Override
  public void unreachable(boolean late) {
    if (servesStale()) {
      answerStale();
    } else {
      answer.complete(new CacheAnswer.Final(Unreachable.answer(late)));
    }
  }

  private boolean servesStale() {
    return known != null
        && known.freshness().servesOnError(context.now(), context.config().staleIfError());
  }

  private void answerStale() {
    if (known != null) {
      answer.complete(new CacheAnswer.Usable(known, CacheStatus.STALE));
    }
  }
}
