package io.flvkit.edge.simulation;

import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.WindowConfig;
import io.flvkit.edge.http.Protocol;
import io.flvkit.edge.live.LiveRequest;
import io.flvkit.edge.live.LiveService;
import io.flvkit.edge.live.RenditionKind;
import io.flvkit.edge.live.StartAt;
import io.flvkit.edge.loop.Loop;
import io.flvkit.token.CanonicalPath;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run: half a minute to a minute of an edge's life in virtual time. All that happens follows
 * from the seed; a rule that breaks is thrown with it.
 */
final class Simulation {
  private static final long TICK_NANOS = 100_000_000L;
  private static final int LOOPS = 3;
  private static final int STREAMS_MAX = 3;
  private static final int CROWD_ODDS = 400;
  private static final int CROWD = 2_000;
  private static final int GROUP_ODDS = 20;
  private static final int GROUP = 30;

  private final @Nullable Consumer<String> trace;
  final Random random;
  final SimLoops loops;
  final List<SimOrigin> origins = new ArrayList<>();
  final List<SimViewer> viewers = new ArrayList<>();
  final CountedMemory memory = new CountedMemory();
  final LiveConfig config;
  final LiveService service;
  private final List<Programme> programmes = new ArrayList<>();
  private final Trouble trouble;
  private final Rules rules;
  private final int streams;
  private final long endNanos;
  private final double joinsPerTick;

  /** Bytes that windows may hold; 0 is no limit. */
  final long budget;

  private boolean draining;

  private Simulation(long seed, @Nullable Consumer<String> trace) {
    this.trace = trace;
    random = new Random(seed);
    loops = new SimLoops(random, LOOPS);
    streams = 1 + random.nextInt(STREAMS_MAX);
    endNanos = (20 + random.nextInt(40)) * 1_000_000_000L;
    joinsPerTick = 0.02 + random.nextDouble() * 0.1;
    makeOrigins(1 + random.nextInt(3));
    config = makeConfig(seed);
    rules = new Rules(this);
    service =
        new LiveService(
            loops.all(),
            (loop, request, listener) -> {
              say("pull " + request.uri());
              SimOrigin origin = originOf(request.uri().getHost());
              rules.pullOpened(origin, request);
              return origin.open(loop, request, listener);
            },
            memory,
            memory::bytes,
            InstantSource.fixed(Instant.EPOCH),
            random,
            new TracedEvents(this::say, this::streamEnded));
    budget = random.nextInt(4) == 0 ? 50_000 + random.nextInt(250_000) : 0;
    service.limitMemory(budget);
    trouble = new Trouble(this);
  }

  /** Runs that seed. */
  static void run(long seed) {
    run(seed, null);
  }

  /** Runs that seed and tells what happens, line by line. */
  static void run(long seed, @Nullable Consumer<String> trace) {
    try {
      new Simulation(seed, trace).run();
    } catch (RuntimeException | AssertionError e) {
      throw new BrokenRule("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  private void makeOrigins(int count) {
    Programme shared = newProgramme();
    boolean relays = random.nextInt(4) > 0;
    for (int i = 0; i < count; i++) {
      Programme programme = relays || i == 0 ? shared : newProgramme();
      long lag = random.nextInt((int) Math.min(700, programme.gopMillis()));
      origins.add(new SimOrigin(loops, random, programme, lag, Trouble.base(random)));
    }
  }

  private LiveConfig makeConfig(long seed) {
    LiveConfig.Builder builder =
        LiveConfig.builder("/live/")
            .connectTimeout(Duration.ofSeconds(1))
            .firstByteTimeout(Duration.ofSeconds(1 + random.nextInt(2)))
            .stallTimeout(Duration.ofMillis(1_000 + random.nextInt(2_000)))
            .holdTimeout(Duration.ofSeconds(random.nextInt(16)))
            .holdDown(Duration.ofSeconds(random.nextInt(11)))
            .idleTimeout(Duration.ofSeconds(random.nextInt(10)))
            .viewerStallTimeout(Duration.ofSeconds(2 + random.nextInt(18)))
            .maxLag(Duration.ofMillis(500 + random.nextInt(5_000)))
            .latencyBudget(Duration.ofMillis(random.nextInt(300)))
            .standby(new Random(~seed).nextBoolean())
            .window(new WindowConfig(Duration.ofMillis(1 + random.nextInt(9_000)), 64 << 10));
    for (int i = 0; i < origins.size(); i++) {
      builder.origin("http://origin" + i + "/live/");
    }
    return builder.build();
  }

  private void streamEnded(String path) {
    if (!draining) {
      viewers.stream().filter(viewer -> viewer.path.equals(path)).forEach(SimViewer::finishes);
    }
  }

  Programme newProgramme() {
    Programme programme = new Programme(programmes.size(), random);
    programmes.add(programme);
    return programme;
  }

  /** Whether everything that ever came has something for that rendition. */
  boolean alwaysFeeds(RenditionKind rendition) {
    return programmes.stream()
        .allMatch(
            programme ->
                switch (rendition) {
                  case FULL -> true;
                  case AUDIO -> programme.hasAudio;
                  case VIDEO -> programme.hasVideo;
                });
  }

  private SimOrigin originOf(String host) {
    return origins.get(Integer.parseInt(host.substring("origin".length())));
  }

  private void run() {
    say(config.toString());
    int first =
        random.nextInt(CROWD_ODDS) == 0 ? CROWD : random.nextInt(GROUP_ODDS) == 0 ? GROUP : 0;
    for (int i = 0; i < first; i++) {
      join();
    }
    for (long at = 0; at < endNanos; at += TICK_NANOS) {
      if (random.nextDouble() < joinsPerTick) {
        join();
      }
      trouble.perhaps();
      loops.runUntil(at + TICK_NANOS);
      rules.check();
    }
    finish();
  }

  void say(String what) {
    if (trace != null) {
      trace.accept(loops.nowMillis() + " ms: " + what);
    }
  }

  private void join() {
    RenditionKind rendition = rendition();
    int bytesPerTick = random.nextInt(4) == 0 ? 100 + random.nextInt(2_000) : 0;
    Loop loop = loops.all().get(random.nextInt(LOOPS));
    String path = "/live/s" + random.nextInt(streams) + ".flv";
    SimViewer viewer = new SimViewer(loop, path, rendition, bytesPerTick);
    viewer.judge().knows(programmes::get, () -> trouble.hasShiftedTime());
    viewers.add(viewer);
    say("viewer " + viewers.size() + " asks: " + viewer);
    LiveRequest request =
        new LiveRequest(
            CanonicalPath.parse(path),
            "",
            rendition,
            start(),
            Protocol.H1,
            viewer,
            List.of(),
            "id");
    viewer.loop().execute(() -> service.watch(config, request).thenAccept(viewer::answered));
  }

  private RenditionKind rendition() {
    return switch (random.nextInt(7)) {
      case 0 -> RenditionKind.AUDIO;
      case 1 -> RenditionKind.VIDEO;
      default -> RenditionKind.FULL;
    };
  }

  private StartAt start() {
    return switch (random.nextInt(10)) {
      case 0 -> new StartAt.Behind(random.nextInt(12_000));
      case 1 -> new StartAt.NearestBehind(random.nextInt(12_000));
      case 2 -> new StartAt.Pts(random.nextInt(60_000));
      default -> StartAt.NEWEST;
    };
  }

  /** Everybody goes, in one of several ways; nothing may be left. */
  private void finish() {
    switch (random.nextInt(4)) {
      case 0 -> {
        Duration over = Duration.ofSeconds(random.nextInt(6));
        draining = true;
        service.drain(over);
        loops.runUntil(loops.nowNanos() + over.toNanos() + TICK_NANOS);
        service.close();
        loops.runUntil(loops.nowNanos() + TICK_NANOS);
        rules.nobodyWatchesAfterDrain();
      }
      case 1 -> service.close();
      case 2 -> {
        origins.forEach(SimOrigin::ends);
        waitForIdle();
      }
      default -> {
        viewers.forEach(SimViewer::leaves);
        waitForIdle();
      }
    }
    viewers.forEach(SimViewer::leaves);
    waitForIdle();
    rules.nothingIsLeft();
  }

  private void waitForIdle() {
    Duration most =
        config
            .idleTimeout()
            .plus(config.holdTimeout())
            .plus(config.viewerStallTimeout())
            .plusSeconds(20);
    for (long left = most.toNanos(); left > 0; left -= TICK_NANOS) {
      loops.runUntil(loops.nowNanos() + TICK_NANOS);
      rules.check();
    }
  }
}
