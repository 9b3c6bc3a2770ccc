package io.flvkit.edge.vod;

import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.token.CanonicalPath;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where the files of a mount come from. */
interface FileSource {
  /**
   * Answers a GET or HEAD; does not block.
   *
   * @param file the path below the mount, with its leading slash
   * @param loop the loop of the client's connection
   * @param events hears what the origins do
   */
  CompletionStage<EdgeResponse> answer(
      RoutedRequest request, CanonicalPath file, Loop loop, VodEvents events);

  /**
   * Fetches a file into the cache.
   *
   * @param id for the logs of origins
   * @param total told of the file's length
   * @param done told of bytes that are in the cache
   * @return what went wrong in a line; null: nothing
   */
  default CompletionStage<@Nullable String> prefetch(
      CanonicalPath file, String id, Loop loop, LongConsumer total, LongConsumer done) {
    return CompletableFuture.completedFuture("there is no cache");
  }

  /** Forgets which files may not be kept. */
  default void forget(Predicate<String> keys) {}
}
