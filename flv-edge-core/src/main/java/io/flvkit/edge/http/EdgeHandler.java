package io.flvkit.edge.http;

import io.flvkit.edge.loop.Loop;
import java.util.concurrent.CompletionStage;

/** Answers requests. Called on the loop of the client's connection; must not block. */
public interface EdgeHandler {
  /**
   * Answers one request. The stage may complete on any thread; a stage that fails becomes a 500
   * without details.
   *
   * @param loop the loop of the client's connection
   */
  CompletionStage<EdgeResponse> handle(EdgeRequest request, Loop loop);

  /**
   * Whether {@link #handle} wants the body of a request: it is called when all of that is there
   * then, and a body that is too large is refused.
   */
  default boolean readsBodies() {
    return false;
  }

  /**
   * Words the refusal of a request that the adapter could not read.
   *
   * @param request what is known of it
   * @param status 400 or what fits better
   * @param why one line, told to the client
   */
  EdgeResponse refuse(EdgeRequest request, int status, String why);
}
