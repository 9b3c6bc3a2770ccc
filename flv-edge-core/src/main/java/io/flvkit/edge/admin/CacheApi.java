package io.flvkit.edge.admin;

import io.flvkit.edge.http.BadRequestException;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.json.JsonReader;
import io.flvkit.edge.json.JsonWriter;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.metrics.EdgeMetrics;
import io.flvkit.edge.vod.PrefetchProgress;
import io.flvkit.edge.vod.PurgeOrder;
import io.flvkit.edge.vod.VodMounts;
import io.flvkit.token.BadPathException;
import io.flvkit.token.CanonicalPath;
import io.flvkit.vod.cache.CacheFigures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * What an operator asks of the caches of files. Thread-safe.
 *
 * @param metrics knows how requests were answered
 */
record CacheApi(VodMounts mounts, EdgeMetrics metrics) {
  private static final int PATHS_MAX = 1000;

  EdgeResponse figures() {
    List<CacheFigures> caches = mounts.caches().figures();
    return EdgeResponse.json(
        200,
        new JsonWriter()
            .beginObject()
            .field("bytes", caches.stream().mapToLong(CacheFigures::bytes).sum())
            .field("maxBytes", caches.stream().mapToLong(CacheFigures::bytesMax).sum())
            .field("files", caches.stream().mapToLong(CacheFigures::files).sum())
            .field("slices", caches.stream().mapToLong(CacheFigures::slices).sum())
            .field("hits", metrics.cacheAnswers("HIT", "STALE", "UPDATING", "REVALIDATED"))
            .field("misses", metrics.cacheAnswers("MISS", "EXPIRED"))
            .endObject()
            .toString());
  }

  /**
   * Purges; the stage completes when the files are gone.
   *
   * @throws BadRequestException if the body is no order
   */
  CompletionStage<EdgeResponse> purge(byte[] body) {
    Map<?, ?> order = object(body);
    PurgeOrder purge =
        order.containsKey("urls")
            ? PurgeOrder.ofUrls(texts(order, "urls"))
            : PurgeOrder.ofPaths(texts(order, "paths"));
    try {
      return mounts
          .purge(purge)
          .thenApply(
              count ->
                  EdgeResponse.json(
                      200,
                      new JsonWriter()
                          .beginObject()
                          .field("purged", count)
                          .endObject()
                          .toString()));
    } catch (RejectedExecutionException busy) {
      throw new BadRequestException("the disk is busy; try again", busy);
    }
  }

  /**
   * Begins to fetch files.
   *
   * @throws BadRequestException if the body is no order
   */
  EdgeResponse prefetch(byte[] body, Loop loop) {
    List<CanonicalPath> paths = new ArrayList<>();
    for (String text : texts(object(body), "paths")) {
      try {
        paths.add(CanonicalPath.parse(text));
      } catch (BadPathException e) {
        throw new BadRequestException("not a path: " + text, e);
      }
    }
    if (paths.isEmpty() || paths.size() > PATHS_MAX) {
      throw new BadRequestException("paths must name 1 to " + PATHS_MAX + " files");
    }
    String id = mounts.prefetch(paths, loop);
    return EdgeResponse.json(
        202, new JsonWriter().beginObject().field("id", id).endObject().toString());
  }

  /** How far a job is; 404 if there is none of that id. */
  EdgeResponse progress(String id) {
    PrefetchProgress progress = mounts.progress(id);
    if (progress == null) {
      return EdgeResponse.json(
          404, new JsonWriter().beginObject().field("error", "no such job").endObject().toString());
    }
    JsonWriter json =
        new JsonWriter()
            .beginObject()
            .field("id", progress.id())
            .field("state", progress.state().label())
            .field("files", progress.files())
            .field("bytesDone", progress.bytesDone())
            .field("bytesTotal", progress.bytesTotal())
            .name("errors")
            .beginArray();
    progress.errors().forEach(json::value);
    return EdgeResponse.json(200, json.endArray().endObject().toString());
  }

  private static Map<?, ?> object(byte[] body) {
    try {
      if (JsonReader.read(new String(body, StandardCharsets.UTF_8)) instanceof Map<?, ?> object
          && object.size() == 1) {
        return object;
      }
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(String.valueOf(e.getMessage()), e);
    }
    throw new BadRequestException("the body must be an object of one list");
  }

  private static List<String> texts(Map<?, ?> object, String name) {
    if (!(object.get(name) instanceof List<?> list)) {
      throw new BadRequestException("the body must have a list " + name);
    }
    List<String> texts = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof String text)) {
        throw new BadRequestException(name + " must be texts");
      }
      texts.add(text);
    }
    return texts;
  }
}
