package io.flvkit.edge.vod;

import io.flvkit.token.CanonicalPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder whose files may be served: regular files, reached without leaving the folder by a
 * symbolic link, no part of their path hidden by a leading dot (temporary files are named so).
 * Blocks on the disk.
 *
 * @param root the folder; may be a symbolic link, which is followed anew for each file
 */
record Folder(Path root) {

  /** The state of the file at {@code path} below the folder, or null when none may be served. */
  @Nullable FileState find(CanonicalPath path) {
    if (path.isDirectory() || path.segments().stream().anyMatch(name -> name.startsWith("."))) {
      return null;
    }
    try {
      Path home = root.toRealPath();
      Path file = home.resolve(path.decoded().substring(1)).toRealPath();
      return file.startsWith(home) ? FileState.of(file) : null;
    } catch (InvalidPathException | FileSystemException notThere) {
      return null;
    } catch (IOException e) {
      throw new FolderException("cannot look up a file in " + root, e);
    }
  }

  /**
   * Opens what {@code state} describes, for reading; the caller closes it. Null when the file is
   * not in that state any more: the bytes of one version never go out under the validators of
   * another.
   */
  static @Nullable FileChannel open(FileState state) {
    try {
      FileChannel channel =
          FileChannel.open(
              state.file(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
      if (state.equals(FileState.of(state.file())) && channel.size() == state.lengthBytes()) {
        return channel;
      }
      channel.close();
      return null;
    } catch (IOException e) {
      if (!Files.exists(state.file(), LinkOption.NOFOLLOW_LINKS)) {
        return null;
      }
      throw new FolderException("cannot open " + state.file(), e);
    }
  }

  /** Attributes of the path itself: it was resolved, so a link there is an exchange. */
  static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
