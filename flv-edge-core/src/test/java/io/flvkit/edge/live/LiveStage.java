package io.flvkit.edge.live;

import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.http.Protocol;
import io.flvkit.edge.simulation.CountedMemory;
import io.flvkit.token.CanonicalPath;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A live service in one thread and virtual time, with scripted origins. */
final class LiveStage {
  private static final ViewerListener IGNORED =
      new ViewerListener() {
        @Override
        public void jumped() {}

        @Override
        public void lags(long millis) {}

        @Override
        public void failed(Throwable cause) {}
      };

  final VirtualLoop loop = new VirtualLoop();
  final ScriptedOrigins origins = new ScriptedOrigins();
  final CountedMemory memory = new CountedMemory();
  final LiveConfig config;
  final LiveService service;

  LiveStage(LiveConfig config) {
    this.config = config;
    this.service =
        new LiveService(
            List.of(loop),
            origins,
            memory,
            memory::bytes,
            InstantSource.fixed(Instant.EPOCH),
            new Random(1),
            LiveEvents.NONE);
  }

  static LiveStage withOrigins(int count) {
    LiveConfig.Builder config = LiveConfig.builder("/live/");
    for (int i = 0; i < count; i++) {
      config.origin("http://origin" + i + "/live/");
    }
    return new LiveStage(config.build());
  }

  CompletableFuture<LiveAnswer> ask(RenditionKind rendition) {
    return ask("/live/s.flv", rendition);
  }

  CompletableFuture<LiveAnswer> ask(String path, RenditionKind rendition) {
    return ask(path, rendition, StartAt.NEWEST);
  }

  CompletableFuture<LiveAnswer> ask(String path, RenditionKind rendition, StartAt start) {
    LiveRequest request =
        new LiveRequest(
            CanonicalPath.parse(path),
            "",
            rendition,
            start,
            Protocol.H1,
            IGNORED,
            List.of(),
            "request-id");
    CompletableFuture<LiveAnswer> answer = service.watch(config, request).toCompletableFuture();
    loop.runReady();
    return answer;
  }

  CompletableFuture<LiveAnswer> ask() {
    return ask(RenditionKind.FULL);
  }

  /** A viewer of a stream that runs. */
  ViewerProbe watch(RenditionKind rendition) {
    ViewerProbe viewer = ViewerProbe.of(ask(rendition).join(), loop);
    loop.runReady();
    return viewer;
  }

  /** A viewer that starts there. */
  ViewerProbe watch(StartAt start) {
    return watch(RenditionKind.FULL, start);
  }

  ViewerProbe watch(RenditionKind rendition, StartAt start) {
    ViewerProbe viewer = ViewerProbe.of(ask("/live/s.flv", rendition, start).join(), loop);
    loop.runReady();
    return viewer;
  }

  ViewerProbe watch() {
    return watch(RenditionKind.FULL);
  }

  /** A stream that runs on these bytes, with one viewer. */
  ViewerProbe start(FlvScript script) {
    CompletableFuture<LiveAnswer> answer = ask();
    origins.last().streams();
    send(script);
    ViewerProbe viewer = ViewerProbe.of(answer.join(), loop);
    loop.runReady();
    return viewer;
  }

  void send(FlvScript script) {
    origins.last().sends(script.bytes());
    loop.advance(Duration.ofMillis(1));
  }

  void pass(Duration time) {
    loop.advance(time);
  }
}
