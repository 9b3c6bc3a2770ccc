package io.flvkit.edge.vod;

import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.token.CanonicalPath;
import java.util.concurrent.CompletionStage;

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
}
