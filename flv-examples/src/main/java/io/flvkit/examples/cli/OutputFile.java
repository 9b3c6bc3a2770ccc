package io.flvkit.examples.cli;

import io.flvkit.examples.FlvKitException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is there when it is complete, and not before: written beside its place, then moved.
 */
final class OutputFile implements AutoCloseable {
  private final Path target;
  private final Path draft;
  private final FileChannel channel;

  private OutputFile(Path target, Path draft, FileChannel channel) {
    this.target = target;
    this.draft = draft;
    this.channel = channel;
  }

  /** Begins a file that is to replace {@code target}, which must not be {@code input}. */
  static OutputFile of(Path target, Path input) throws IOException {
    if (Files.exists(target) && Files.exists(input) && Files.isSameFile(target, input)) {
      throw FlvKitException.wrongUsage(target + ": is the input, too", null);
    }
    Path draft = target.resolveSibling("." + target.getFileName() + ".part");
    FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    return new OutputFile(target, draft, channel);
  }

  FileChannel channel() {
    return channel;
  }

  /** Puts the file in its place. */
  void complete() throws IOException {
    channel.close();
    Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Leaves nothing behind of a file that was not completed. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(draft);
  }
}
