package io.flvkit.edge.vod;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.token.CanonicalPath;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.EntityTag;
import io.flvkit.vod.HttpDate;
import io.flvkit.vod.RangePlan;
import io.flvkit.vod.RangeRequest;
import io.flvkit.vod.Representation;
import io.flvkit.vod.cache.FileVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request to begin in the middle of a file that passes: the place is found by ranges of the file,
 * and what comes from there on is asked for as one more. An origin without ranges has its file sent
 * from the beginning.
 */
final class PassedSeek {
  private static final String DEFAULT_TYPE = "application/octet-stream";
  private static final ByteRange BEGINNING = new ByteRange(0, OriginBytes.BLOCK_BYTES - 1);

  private static final Supplier<String> BOUNDARIES = Boundaries.random();

  private final OriginSource source;
  private final RoutedRequest request;
  private final CanonicalPath file;
  private final SeekQuery seek;
  private final Loop loop;
  private final VodEvents events;
  private final Headers fields;

  PassedSeek(
      OriginSource source,
      RoutedRequest request,
      CanonicalPath file,
      SeekQuery seek,
      Loop loop,
      VodEvents events) {
    this.source = source;
    this.request = request;
    this.file = file;
    this.seek = seek;
    this.loop = loop;
    this.events = events;
    this.fields = OriginHeaders.ours(request).build();
  }

  CompletionStage<EdgeResponse> answer() {
    return read(BEGINNING).thenCompose(this::answer);
  }

  private CompletionStage<RangeAnswer> read(ByteRange range) {
    RangeRead read =
        new RangeRead(file.encoded(), range, source.origins().deadlines().stall(), loop);
    ask(range, read);
    return read.answer();
  }

  private void ask(ByteRange range, OriginReceiver receiver) {
    Headers asking = fields.toBuilder().set("Range", "bytes=" + range).build();
    loop.run(() -> source.origins().ask("GET", file, asking, loop, events, receiver));
  }

  private CompletionStage<EdgeResponse> answer(RangeAnswer beginning) {
    if (beginning instanceof RangeAnswer.Failed failed) {
      return CompletableFuture.completedFuture(failed.response());
    }
    if (!(beginning instanceof RangeAnswer.Bytes bytes)) {
      return source.pass(request, file, loop, events);
    }
    SeekViews.Sought known = source.views().remembered(bytes.version(), seek);
    if (known != null) {
      return CompletableFuture.completedFuture(respond(bytes.version(), known));
    }
    try {
      return CompletableFuture.supplyAsync(() -> find(bytes), source.seekers())
          .thenApplyAsync(
              sought ->
                  sought == null ? Unreachable.answer(false) : respond(bytes.version(), sought),
              loop);
    } catch (RejectedExecutionException busy) {
      return CompletableFuture.completedFuture(EdgeResponse.unavailable("as many seek as may"));
    }
  }

  private SeekViews.@Nullable Sought find(RangeAnswer.Bytes beginning) {
    FileVersion version = beginning.version();
    try {
      OriginBytes bytes = new OriginBytes(version, beginning.bytes(), this::read);
      return source.views().find(version, seek, version.representation(), bytes);
    } catch (IOException doesNotCome) {
      return null;
    }
  }

  private EdgeResponse respond(FileVersion version, SeekViews.Sought sought) {
    View view = sought.view();
    if (view == null) {
      RangePlan none = new RangePlan.Unsatisfiable(version.length());
      return respond(version, View.ofWhole(version.representation()), none);
    }
    RangeRequest asked =
        RangeRequest.of(
            request.request().method(), name -> OriginHeaders.joined(name, request.headers()));
    return respond(version, view, RangePlan.of(asked, view.representation(), Instant.now()));
  }

  private EdgeResponse respond(FileVersion version, View view, RangePlan plan) {
    String type = version.fields().getOrDefault("Content-Type", DEFAULT_TYPE);
    Headers.Builder headers = fields(version, view.representation()).set("Content-Type", type);
    List<Segment> segments = Laid.out(plan, view, request.isHead(), type, BOUNDARIES, headers);
    Body body =
        segments.isEmpty()
            ? Body.EMPTY
            : new Body.Pulled(
                segments.stream().mapToLong(Segment::lengthBytes).sum(),
                new StitchedBody(
                    version, segments, this::ask, source.origins().deadlines().stall(), loop));
    return new EdgeResponse(plan.status(), headers.build(), body);
  }

  private Headers.Builder fields(FileVersion version, Representation seen) {
    Headers.Builder headers = Headers.builder();
    version.fields().forEach(headers::add);
    headers.add("Accept-Ranges", "bytes");
    EntityTag etag = seen.etag();
    if (etag != null) {
      headers.add("ETag", etag.toString());
    }
    Instant lastModified = seen.lastModified();
    if (lastModified != null) {
      headers.add("Last-Modified", HttpDate.format(lastModified));
    }
    return headers.set(source.cacheStatusHeader(), CacheStatus.BYPASS.name());
  }
}
