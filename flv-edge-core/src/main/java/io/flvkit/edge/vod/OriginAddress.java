package io.flvkit.edge.vod;

import io.flvkit.edge.http.Headers;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.token.CanonicalPath;

/** One origin of a mount: where files are there, and how they are asked for. */
interface OriginAddress {
  /** How logs and metrics name it: its URL in the configuration. */
  String name();

  /**
   * A request for a file.
   *
   * @param method GET or HEAD
   * @param file the path below the mount, with its leading slash
   * @param fields what the request says besides
   */
  OriginRequest request(String method, CanonicalPath file, Headers fields);
}
