package io.flvkit.vod.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of a cache. Names are relative, with slashes. Every method blocks; safe to call from
 * several threads on different names.
 */
public interface CacheDisk extends AutoCloseable {

  /**
   * A folder of this machine, made if it is not there.
   *
   * @throws IOException if it cannot be made, or another process has it
   */
  static CacheDisk of(Path folder) throws IOException {
    return FolderDisk.open(folder);
  }

  /** The names of all files. */
  List<String> names() throws IOException;

  /** Creates a file, or overwrites one; {@code content} is consumed. */
  void write(String name, List<ByteBuffer> content) throws IOException;

  /** Gives a file another name in one step; nothing has that name yet. */
  void rename(String from, String to) throws IOException;

  /** Removes a file if it is there. */
  void delete(String name) throws IOException;

  /** Opens a file for reading; the caller closes it. */
  FileChannel open(String name) throws IOException;

  /** Something that changes whenever the file does: size, time and identity. */
  Object stamp(String name) throws IOException;

  /** Lets others have the folder. */
  @Override
  void close();
}
