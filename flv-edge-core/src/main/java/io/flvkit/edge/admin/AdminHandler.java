package io.flvkit.edge.admin;

import io.flvkit.edge.http.BadRequestException;
import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.json.JsonWriter;
import io.flvkit.edge.live.LiveService;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.metrics.EdgeMetrics;
import io.flvkit.edge.metrics.Exposition;
import io.flvkit.edge.vod.VodMounts;
import io.flvkit.token.BadPathException;
import io.flvkit.token.CanonicalPath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Answers the requests of operators. Thread-safe. */
public final class AdminHandler implements EdgeHandler {
  private static final String STREAMS = "/api/streams";
  private static final String PREFETCH = "/api/prefetch";

  private final LiveService live;
  private final CacheApi cache;
  private final EdgeMetrics metrics;
  private final BooleanSupplier ready;
  private final @Nullable String token;

  /**
   * Makes a handler.
   *
   * @param files the mounts of files
   * @param ready whether the edge takes new requests
   * @param token the bearer token to show, or null for none
   */
  public AdminHandler(
      LiveService live,
      VodMounts files,
      EdgeMetrics metrics,
      BooleanSupplier ready,
      @Nullable String token) {
    this.live = live;
    this.cache = new CacheApi(files, metrics);
    this.metrics = metrics;
    this.ready = ready;
    this.token = token;
  }

  @Override
  public CompletionStage<EdgeResponse> handle(EdgeRequest request, Loop loop) {
    int mark = request.target().indexOf('?');
    String path = mark < 0 ? request.target() : request.target().substring(0, mark);
    boolean get = request.method().equals("GET") || request.method().equals("HEAD");
    if (path.equals("/healthz")) {
      return get ? done(EdgeResponse.text(200, "ok")) : methodNotAllowed("GET, HEAD");
    }
    if (path.equals("/readyz")) {
      return get ? readiness() : methodNotAllowed("GET, HEAD");
    }
    if (!isAuthorized(request)) {
      return done(error(401, "a bearer token is needed").with("WWW-Authenticate", "Bearer"));
    }
    if (path.equals("/metrics")) {
      return get ? done(metrics(request)) : methodNotAllowed("GET, HEAD");
    }
    if (path.equals(STREAMS)) {
      return get ? live.streams().thenApply(StreamJson::list) : methodNotAllowed("GET, HEAD");
    }
    if (path.startsWith(STREAMS + "/")) {
      return stream(path.substring(STREAMS.length()), request.method(), get);
    }
    return files(path, request, get, loop);
  }

  private CompletionStage<EdgeResponse> files(
      String path, EdgeRequest request, boolean get, Loop loop) {
    boolean post = request.method().equals("POST");
    try {
      if (path.equals("/api/cache")) {
        return get ? done(cache.figures()) : methodNotAllowed("GET, HEAD");
      }
      if (path.equals("/api/purge")) {
        return post ? cache.purge(request.body()) : methodNotAllowed("POST");
      }
      if (path.equals(PREFETCH)) {
        return post ? done(cache.prefetch(request.body(), loop)) : methodNotAllowed("POST");
      }
      if (path.startsWith(PREFETCH + "/")) {
        String id = path.substring(PREFETCH.length() + 1);
        return get ? done(cache.progress(id)) : methodNotAllowed("GET, HEAD");
      }
    } catch (BadRequestException e) {
      return done(error(400, String.valueOf(e.getMessage())));
    }
    return done(error(404, "no such page"));
  }

  @Override
  public boolean readsBodies() {
    return true;
  }

  private EdgeResponse metrics(EdgeRequest request) {
    Exposition text =
        metrics.expose(request.headers().first("Accept"), System.nanoTime() / 1_000_000);
    return new EdgeResponse(
        200, Headers.of("Content-Type", text.contentType()), new Body.Bytes(text.body()));
  }

  private CompletionStage<EdgeResponse> readiness() {
    return done(
        ready.getAsBoolean()
            ? EdgeResponse.text(200, "ready")
            : EdgeResponse.text(503, "not ready"));
  }

  private CompletionStage<EdgeResponse> stream(String sentPath, String method, boolean get) {
    String path;
    try {
      path = CanonicalPath.parse(sentPath).encoded();
    } catch (BadPathException e) {
      return done(error(400, String.valueOf(e.getMessage())));
    }
    if (get) {
      return live.streams(path)
          .thenApply(found -> found.isEmpty() ? unknownStream(path) : StreamJson.one(found.get(0)));
    }
    if (method.equals("DELETE")) {
      return live.takeDown(path)
          .thenApply(
              count ->
                  count == 0
                      ? unknownStream(path)
                      : EdgeResponse.json(
                          200,
                          new JsonWriter()
                              .beginObject()
                              .field("takenDown", count)
                              .endObject()
                              .toString()));
    }
    return methodNotAllowed("GET, HEAD, DELETE");
  }

  private boolean isAuthorized(EdgeRequest request) {
    if (token == null) {
      return true;
    }
    String shown = request.headers().first("Authorization");
    byte[] expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    return shown != null && MessageDigest.isEqual(expected, shown.getBytes(StandardCharsets.UTF_8));
  }

  private static EdgeResponse unknownStream(String path) {
    return error(404, "no stream " + path);
  }

  private static EdgeResponse error(int status, String why) {
    return EdgeResponse.json(
        status, new JsonWriter().beginObject().field("error", why).endObject().toString());
  }

  private static CompletionStage<EdgeResponse> methodNotAllowed(String allowed) {
    return done(error(405, "only " + allowed).with("Allow", allowed));
  }

  private static CompletionStage<EdgeResponse> done(EdgeResponse response) {
    return CompletableFuture.completedFuture(response);
  }

  @Override
  public EdgeResponse refuse(EdgeRequest request, int status, String why) {
    return error(status, why);
  }
}
