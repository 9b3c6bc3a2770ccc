package io.flvkit.edge.vod;

import java.io.IOException;

/** The disk failed, or the process has no file descriptor left. */
final class FolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FolderException(String message, IOException cause) {
    super(message, cause);
  }
}
