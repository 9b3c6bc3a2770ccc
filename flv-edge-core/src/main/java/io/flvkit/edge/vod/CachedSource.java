package io.flvkit.edge.vod;

import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.token.CanonicalPath;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.RangePlan;
import io.flvkit.vod.RangeSet;
import io.flvkit.vod.cache.CachedFile;
import io.flvkit.vod.cache.FillFailure;
import io.flvkit.vod.cache.SliceAccess;
import io.flvkit.vod.cache.SliceCache;
import io.flvkit.vod.cache.SliceFill;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers from a cache of slices, and asks origins for what is not there or not fresh: once for all
 * who want to know at the same time. Safe to call from any loop; never blocks.
 */
final class CachedSource implements FileSource {
  private final String mount;
  private final CacheContext context;
  private final SliceCache cache;
  private final CachedResponse responses;
  private final FileSource passing;
  private final Map<String, CompletionStage<CacheAnswer>> running = new ConcurrentHashMap<>();
  private final ForAWhile unkept;
  private final ForAWhile down;

  /**
   * A source.
   *
   * @param mount its path, the beginning of keys
   * @param passing answers what cannot be kept
   */
  CachedSource(String mount, CacheContext context, CachedResponse responses, FileSource passing) {
    this.mount = mount;
    this.context = context;
    this.cache = context.cache();
    this.responses = responses;
    this.passing = passing;
    this.unkept = ForAWhile.forAMinute(context.clock());
    this.down = ForAWhile.forTwoSeconds(context.clock());
  }

  @Override
  public CompletionStage<EdgeResponse> answer(
      RoutedRequest request, CanonicalPath file, Loop loop, VodEvents events) {
    return new Attempt(request, file, loop, events).answer(false);
  }

  /** The name of a file in the cache. */
  String keyOf(CanonicalPath file) {
    return mount + file.encoded().substring(1);
  }

  /** One request on its way to an answer. */
  private final class Attempt {
    private final RoutedRequest request;
    private final CanonicalPath path;
    private final String key;
    private final Loop loop;
    private final VodEvents events;
    private final Headers fields;

    Attempt(RoutedRequest request, CanonicalPath path, Loop loop, VodEvents events) {
      this.request = request;
      this.path = path;
      this.key = keyOf(path);
      this.loop = loop;
      this.events = events;
      this.fields = OriginHeaders.ours(request).build();
    }

    /** Once more is enough: who sees two changes during one request gets an error. */
    CompletionStage<EdgeResponse> answer(boolean again) {
      if (unkept.has(key)) {
        return pass();
      }
      CachedFile known = cache.find(key);
      if (known == null || isIncomplete(known)) {
        return discover(null).thenCompose(found -> answer(found, again));
      }
      if (known.freshness().isFresh(context.now())) {
        return respond(known, null, again);
      }
      if (known.freshness().servesWhileRevalidated(context.now())) {
        discover(known);
        return respond(known, CacheStatus.UPDATING, again);
      }
      if (down.has(key)) {
        return respond(known, CacheStatus.STALE, again);
      }
      return discover(known).thenCompose(found -> answer(found, again));
    }

    /** What can only come as a whole is of no use when a part of it went. */
    private boolean isIncomplete(CachedFile known) {
      return known.version().whole()
          && !cache.holdsOrAwaits(known, ByteRange.ofWhole(known.version().length()));
    }

    private CompletionStage<CacheAnswer> discover(@Nullable CachedFile known) {
      CompletableFuture<CacheAnswer> mine = new CompletableFuture<>();
      CompletionStage<CacheAnswer> other = running.putIfAbsent(key, mine);
      if (other != null) {
        return other;
      }
      new Discovery(context, path, key, firstSlice(), fields, known, loop, events)
          .start()
          .whenComplete(
              (found, failure) -> {
                if (found instanceof CacheAnswer.Usable usable
                    && usable.status() == CacheStatus.STALE) {
                  down.add(key);
                } else if (found instanceof CacheAnswer.Unkept) {
                  unkept.add(key);
                }
                running.remove(key, mine);
                if (failure == null) {
                  mine.complete(found);
                } else {
                  mine.completeExceptionally(failure);
                }
              });
      return mine;
    }

    /** The slice to begin with: the one that the answer begins with, where that is known. */
    private long firstSlice() {
      String range = OriginHeaders.joined("Range", request.headers());
      if (range == null || request.isHead() || request.headers().first("If-Range") != null) {
        return 0;
      }
      return cache
          .grid()
          .indexOf(
              RangeSet.parse(range)
                  .map(asked -> asked.firstOffset().orElse(0))
                  .map(offset -> Math.min(offset, Long.MAX_VALUE - 1))
                  .orElse(0L));
    }

    private CompletionStage<EdgeResponse> answer(CacheAnswer found, boolean again) {
      if (found instanceof CacheAnswer.Usable usable) {
        return respond(usable.file(), usable.status(), again);
      }
      return found instanceof CacheAnswer.Final last
          ? CompletableFuture.completedFuture(last.response())
          : pass();
    }

    private CompletionStage<EdgeResponse> pass() {
      return passing
          .answer(request, path, loop, events)
          .thenApply(response -> response.with("Cache-Status", "flvkit; fwd=bypass"));
    }

    /** Answers with what is cached; the head waits for the first byte if that is still to come. */
    private CompletionStage<EdgeResponse> respond(
        CachedFile file, @Nullable CacheStatus known, boolean again) {
      RangePlan plan = responses.plan(request, file, context.now());
      List<ByteRange> needed = CachedResponse.ranges(plan, request.isHead());
      boolean there = needed.stream().allMatch(range -> cache.holds(file, range));
      CacheStatus status = status(known, there);
      if (needed.isEmpty() || there) {
        return CompletableFuture.completedFuture(body(file, plan, status, 0));
      }
      long first = cache.grid().indexOf(needed.get(0).first());
      long cost = status == CacheStatus.MISS && known != null ? cache.grid().sliceBytes() : 0;
      return firstByte(file, first, needed.get(0).first())
          .thenCompose(
              failure -> {
                if (failure == null) {
                  return CompletableFuture.completedFuture(body(file, plan, status, cost));
                }
                return failed(failure, again);
              });
    }

    private CacheStatus status(@Nullable CacheStatus known, boolean there) {
      if (known == null) {
        return there ? CacheStatus.HIT : CacheStatus.MISS;
      }
      return known == CacheStatus.REVALIDATED && !there ? CacheStatus.MISS : known;
    }

    private EdgeResponse body(CachedFile file, RangePlan plan, CacheStatus status, long cost) {
      return responses.of(request, file, plan, status, this::load, cost, loop, context);
    }

    private void load(SliceFill fill) {
      SliceFetch fetch = context.fetch(fill, path, fields, loop, events);
      loop.run(fetch::start);
    }

    private CompletionStage<EdgeResponse> failed(FillFailure failure, boolean again) {
      if (failure.kind() == FillFailure.Kind.CHANGED) {
        return again
            ? CompletableFuture.completedFuture(
                EdgeResponse.text(502, "the file changes at its origin"))
            : answer(true);
      }
      return CompletableFuture.completedFuture(
          Unreachable.answer(failure.kind() == FillFailure.Kind.LATE));
    }

    /** Completes when the byte is there, or, with the failure, when it will not come. */
    private CompletionStage<@Nullable FillFailure> firstByte(
        CachedFile file, long index, long offset) {
      return cache
          .access(file, index, this::load)
          .thenCompose(
              access -> {
                if (!(access instanceof SliceAccess.Coming coming)) {
                  if (access instanceof SliceAccess.Stored stored) {
                    stored.lease().close();
                  }
                  return CompletableFuture.completedFuture(null);
                }
                SliceFill fill = coming.fill();
                CompletableFuture<@Nullable FillFailure> known = new CompletableFuture<>();
                fill.await(
                    offset,
                    () ->
                        loop.execute(
                            () -> {
                              known.complete(fill.bytes(offset, 1) == null ? fill.failure() : null);
                              fill.release();
                            }));
                return known;
              });
    }
  }
}
