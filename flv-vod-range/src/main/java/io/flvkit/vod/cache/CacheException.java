package io.flvkit.vod.cache;

import java.io.IOException;

/** The folder of a cache cannot be used; the message names it. */
public final class CacheException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CacheException(String message, IOException cause) {
    super(message, cause);
  }
}
