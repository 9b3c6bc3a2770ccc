package io.flvkit.edge.vod;

import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.token.CanonicalPath;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.RangePlan;
import io.flvkit.vod.RangeSet;
import io.flvkit.vod.Representation;
import io.flvkit.vod.cache.CachedFile;
import io.flvkit.vod.cache.FillFailure;
import io.flvkit.vod.cache.SliceAccess;
import io.flvkit.vod.cache.SliceCache;
import io.flvkit.vod.cache.SliceFill;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One request for a file of a cached mount, on its way to an answer. */
final class CachedRequest {
  /** Whoever waits longer for a place in a file is told so; the search goes on for the next. */
  private static final long SEEK_SECONDS = 60;

  private final CachedSource source;
  private final CacheContext context;
  private final SliceCache cache;
  private final CachedResponse responses;
  private final RoutedRequest request;
  private final CanonicalPath path;
  private final String key;
  private final Loop loop;
  private final VodEvents events;
  private final Headers fields;
  private final @Nullable SeekQuery seek;

  CachedRequest(
      CachedSource source, RoutedRequest request, CanonicalPath path, Loop loop, VodEvents events) {
    this.source = source;
    this.context = source.context();
    this.cache = context.cache();
    this.responses = source.responses();
    this.request = request;
    this.path = path;
    this.key = source.keyOf(path);
    this.loop = loop;
    this.events = events;
    this.fields = OriginHeaders.ours(request).build();
    this.seek = SeekQuery.of(request.query(), path.fileName());
  }

  /** Once more is enough: who sees two changes during one request gets an error. */
  CompletionStage<EdgeResponse> answer(boolean again) {
    if (source.unkept().has(key)) {
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
    if (source.down().has(key)) {
      return respond(known, CacheStatus.STALE, again);
    }
    return discover(known).thenCompose(found -> answer(found, again));
  }

  CompletionStage<@Nullable String> prefetch(LongConsumer total, LongConsumer done) {
    CachedFile found = cache.find(key);
    CachedFile known = found == null || isIncomplete(found) ? null : found;
    if (known != null && known.freshness().isFresh(context.now())) {
      return prefetch(known, total, done);
    }
    return discover(known).thenCompose(answer -> prefetch(answer, total, done));
  }

  private CompletionStage<@Nullable String> prefetch(
      CacheAnswer found, LongConsumer total, LongConsumer done) {
    if (found instanceof CacheAnswer.Usable usable) {
      return prefetch(usable.file(), total, done);
    }
    return CompletableFuture.completedFuture(
        found instanceof CacheAnswer.Final last
            ? "status " + last.response().status()
            : "it may not be kept");
  }

  private CompletionStage<@Nullable String> prefetch(
      CachedFile file, LongConsumer total, LongConsumer done) {
    total.accept(file.version().length());
    return new FilePrefetch(cache, file, this::load, loop, done).start();
  }

  /** What can only come as a whole is of no use when a part of it went. */
  private boolean isIncomplete(CachedFile known) {
    return known.version().whole()
        && !cache.holdsOrAwaits(known, ByteRange.ofWhole(known.version().length()));
  }

  private CompletionStage<CacheAnswer> discover(@Nullable CachedFile known) {
    CompletableFuture<CacheAnswer> mine = new CompletableFuture<>();
    CompletionStage<CacheAnswer> other = source.running().putIfAbsent(key, mine);
    if (other != null) {
      return other;
    }
    CachedFile latest = cache.find(key);
    if (latest != null && latest.freshness().isFresh(context.now()) && !isIncomplete(latest)) {
      // Somebody has found out since this request looked.
      source.running().remove(key, mine);
      mine.complete(new CacheAnswer.Usable(latest, statusAfter(known, latest)));
      return mine;
    }
    new Discovery(context, path, key, firstSlice(), fields, known, loop, events)
        .start()
        .whenComplete(
            (found, failure) -> {
              if (found instanceof CacheAnswer.Usable usable
                  && usable.status() == CacheStatus.STALE) {
                source.down().add(key);
              } else if (found instanceof CacheAnswer.Unkept) {
                source.unkept().add(key);
              }
              source.running().remove(key, mine);
              if (failure == null) {
                mine.complete(found);
              } else {
                mine.completeExceptionally(failure);
              }
            });
    return mine;
  }

  private static CacheStatus statusAfter(@Nullable CachedFile known, CachedFile latest) {
    if (known == null) {
      return CacheStatus.MISS;
    }
    return known == latest ? CacheStatus.REVALIDATED : CacheStatus.EXPIRED;
  }

  /** The slice to begin with: the one that the answer begins with, where that is known. */
  private long firstSlice() {
    String range = OriginHeaders.joined("Range", request.headers());
    if (range == null || seek != null || request.isHead()) {
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
    return source
        .passing()
        .answer(request, path, loop, events)
        .thenApply(response -> response.with("Cache-Status", "flvkit; fwd=bypass"));
  }

  /** Answers with what is cached, seen from the place that was wished for. */
  private CompletionStage<EdgeResponse> respond(
      CachedFile file, @Nullable CacheStatus known, boolean again) {
    Representation whole = file.version().representation();
    if (seek == null) {
      return respond(file, View.ofWhole(whole), known, again);
    }
    SeekViews.Sought remembered = context.views().remembered(identityOf(file), seek);
    if (remembered != null) {
      return respond(file, remembered, known, again);
    }
    boolean there = cache.holds(file, ByteRange.ofWhole(whole.length()));
    CacheStatus status = known == null && !there ? CacheStatus.MISS : known;
    try {
      CompletableFuture<@Nullable Optional<SeekViews.Sought>> seeking =
          CompletableFuture.supplyAsync(() -> seek(file, seek), context.seekers());
      return seeking
          .completeOnTimeout(null, SEEK_SECONDS, TimeUnit.SECONDS)
          .thenComposeAsync(
              sought ->
                  sought != null && sought.isPresent()
                      ? respond(file, sought.get(), status, again)
                      : notFound(file, sought == null, again),
              loop);
    } catch (RejectedExecutionException busy) {
      return CompletableFuture.completedFuture(EdgeResponse.unavailable("as many seek as may"));
    }
  }

  /** What tells a file from others: one without a validator to trust, only that it is the same. */
  private static Object identityOf(CachedFile file) {
    return file.version().whole() ? file : file.version();
  }

  private Optional<SeekViews.Sought> seek(CachedFile file, SeekQuery query) {
    try {
      CachedBytes bytes = new CachedBytes(cache, file, this::load);
      return Optional.of(
          context.views().find(identityOf(file), query, file.version().representation(), bytes));
    } catch (IOException doesNotCome) {
      return Optional.empty();
    }
  }

  private CompletionStage<EdgeResponse> notFound(CachedFile file, boolean late, boolean again) {
    return file.isDropped() && !again
        ? answer(true)
        : CompletableFuture.completedFuture(Unreachable.answer(late));
  }

  private CompletionStage<EdgeResponse> respond(
      CachedFile file, SeekViews.Sought sought, @Nullable CacheStatus known, boolean again) {
    View view = sought.view();
    return view == null
        ? CompletableFuture.completedFuture(
            responses.pastTheEnd(file, known == null ? CacheStatus.HIT : known, context.now()))
        : respond(file, view, known, again);
  }

  /** The head waits for the first byte if that is still to come. */
  private CompletionStage<EdgeResponse> respond(
      CachedFile file, View view, @Nullable CacheStatus known, boolean again) {
    RangePlan plan = responses.plan(request, view, context.now());
    List<ByteRange> needed =
        Laid.ranges(plan, request.isHead()).stream()
            .flatMap(range -> view.segments(range).stream())
            .flatMap(Segment::ofFile)
            .toList();
    boolean there = needed.stream().allMatch(range -> cache.holds(file, range));
    CacheStatus status = status(known, there);
    if (needed.isEmpty() || there) {
      return CompletableFuture.completedFuture(body(file, view, plan, status, 0));
    }
    long first = cache.grid().indexOf(needed.get(0).first());
    if (seek == null
        && !cache.hasOrAwaits(file, first)
        && !cache.hasRoom(cache.grid().sliceBytes())) {
      return pass();
    }
    boolean discovered = known == CacheStatus.MISS || known == CacheStatus.EXPIRED;
    AtomicLong cost = new AtomicLong(discovered ? cache.grid().sliceBytes() : 0);
    return firstByte(file, first, needed.get(0).first(), cost)
        .thenCompose(
            failure ->
                failure == null
                    ? CompletableFuture.completedFuture(body(file, view, plan, status, cost.get()))
                    : failed(failure, again));
  }

  private CacheStatus status(@Nullable CacheStatus known, boolean there) {
    if (known == null) {
      return there ? CacheStatus.HIT : CacheStatus.MISS;
    }
    return known == CacheStatus.REVALIDATED && !there ? CacheStatus.MISS : known;
  }

  private EdgeResponse body(
      CachedFile file, View view, RangePlan plan, CacheStatus status, long cost) {
    return responses.of(request, file, view, plan, status, this::load, cost, loop, context);
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

  /**
   * Completes when the byte is there, or, with the failure, when it will not come; adds to {@code
   * cost} what the origin sends for it.
   */
  private CompletionStage<@Nullable FillFailure> firstByte(
      CachedFile file, long index, long offset, AtomicLong cost) {
    Consumer<SliceFill> counted =
        fill -> {
          cost.addAndGet(fill.range().length());
          load(fill);
        };
    return cache
        .access(file, index, counted)
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
