package io.flvkit.edge.live;

import io.flvkit.buffer.SegmentAllocator;
import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.CdnLoop;
import io.flvkit.edge.origin.OriginConnector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** The live streams of an edge, one per name however many watch. Thread-safe. */
public final class LiveService {
  private final List<Loop> loops;
  private final LiveContext context;
  private final ViewerLimits limits = new ViewerLimits();
  private final ConcurrentMap<String, LiveStream> streams = new ConcurrentHashMap<>();
  private final Set<LiveStream> lingering = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<Loop, LoopPace> paces = new ConcurrentHashMap<>();
  private final AtomicInteger nextLoop = new AtomicInteger();

  /**
   * Makes a service without streams.
   *
   * @param loops the event loops; each stream is confined to one of them
   * @param heldBytes what is held of the allocator's memory at a moment
   */
  public LiveService(
      List<Loop> loops,
      OriginConnector connector,
      SegmentAllocator allocator,
      LongSupplier heldBytes,
      InstantSource wallClock,
      RandomGenerator random,
      LiveEvents events) {
    this.loops = List.copyOf(loops);
    this.context =
        new LiveContext(
            connector,
            allocator,
            new MemoryBudget(heldBytes),
            loop -> paces.computeIfAbsent(loop, any -> new LoopPace()),
            wallClock,
            random,
            new OriginHealth(random),
            limits,
            CdnLoop.random(random),
            events,
            this::ended,
            lingering::remove);
  }

  /** Tells requests that come back to this edge. */
  public CdnLoop loop() {
    return context.loop();
  }

  /** Sets how much memory windows and the writes of their viewers may hold; 0 is no limit. */
  public void limitMemory(long bytes) {
    context.memory().limit(bytes);
  }

  /** Sets how many may watch, in all and of each stream; 0 is no limit. */
  public void limit(int viewers, int viewersPerStream) {
    limits.set(viewers, viewersPerStream);
  }

  /**
   * Lets somebody watch a stream of that mount. The first request makes the edge pull; all others
   * share it. Never fails: every outcome is a value.
   */
  public CompletionStage<LiveAnswer> watch(LiveConfig mount, LiveRequest request) {
    CompletableFuture<LiveAnswer> answer = new CompletableFuture<>();
    join(mount, request, answer);
    return answer;
  }

  private void join(LiveConfig mount, LiveRequest request, CompletableFuture<LiveAnswer> answer) {
    String key = key(request);
    LiveStream stream =
        streams.computeIfAbsent(
            key, name -> new LiveStream(request, mount, context, loopForNewStream()));
    stream
        .home()
        .run(
            () -> {
              if (!stream.join(request, answer)) {
                streams.remove(key, stream);
                join(mount, request, answer);
              }
            });
  }

  private static String key(LiveRequest request) {
    String path = request.path().encoded();
    return request.originQuery().isEmpty() ? path : path + "?" + request.originQuery();
  }

  private Loop loopForNewStream() {
    return loops.get(Math.floorMod(nextLoop.getAndIncrement(), loops.size()));
  }

  /** Streams that run or connect now. */
  public int streamCount() {
    return streams.size();
  }

  /** All streams as they are now. */
  public CompletionStage<List<StreamInfo>> streams() {
    return collect(stream -> true, LiveStream::info);
  }

  /** The streams of that path: several only where the mount forwards queries. */
  public CompletionStage<List<StreamInfo>> streams(String path) {
    return collect(stream -> stream.path().equals(path), LiveStream::info);
  }

  /** Takes down the streams of that path now. Tells how many there were. */
  public CompletionStage<Integer> takeDown(String path) {
    return collect(
            stream -> stream.path().equals(path),
            stream -> {
              stream.end(StreamEnd.TAKEN_DOWN);
              return stream;
            })
        .thenApply(List::size);
  }

  private <T> CompletionStage<List<T>> collect(
      Predicate<LiveStream> wanted, Function<LiveStream, T> look) {
    List<CompletableFuture<T>> answers = new ArrayList<>();
    for (LiveStream stream : streams.values()) {
      if (wanted.test(stream)) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        stream.home().run(() -> answer.complete(look.apply(stream)));
        answers.add(answer);
      }
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(ignored -> answers.stream().map(CompletableFuture::join).toList());
  }

  private void ended(LiveStream stream) {
    streams.values().remove(stream);
    lingering.add(stream);
  }

  /** Resets all viewers, evenly over that time, so that they reconnect elsewhere. */
  public void drain(Duration over) {
    for (LiveStream stream : streams.values()) {
      stream.home().run(() -> stream.drain(over));
    }
  }

  /**
   * Ends every stream; viewers are reset, so that they reconnect elsewhere. The stage completes
   * when the streams have ended and their viewers' loops have been told.
   */
  public CompletionStage<Void> close() {
    lingering.forEach(stream -> stream.home().run(stream::release));
    return collect(
            stream -> true,
            stream -> {
              stream.end(StreamEnd.DRAINED);
              return stream;
            })
        .thenAccept(ended -> {});
  }
}
