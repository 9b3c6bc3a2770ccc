package io.flvkit.vod.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder, locked against other processes while it is open. */
final class FolderDisk implements CacheDisk {
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel lockFile;

  private FolderDisk(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  static FolderDisk open(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel lockFile =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(lockFile) == null) {
      lockFile.close();
      throw new IOException(folder + " is in use by another cache");
    }
    return new FolderDisk(folder, lockFile);
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException ownProcess) {
      return null;
    }
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.equals(LOCK))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void write(String name, List<ByteBuffer> content) throws IOException {
    Path file = folder.resolve(name);
    Path parent = file.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      Files.createDirectories(parent);
    }
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (ByteBuffer piece : content) {
        while (piece.hasRemaining()) {
          channel.write(piece);
        }
      }
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  @Override
  public FileChannel open(String name) throws IOException {
    return FileChannel.open(folder.resolve(name), StandardOpenOption.READ);
  }

  @Override
  public Object stamp(String name) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(
            folder.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new Stamp(
        attributes.size(), attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()));
  }

  private record Stamp(long bytes, FileTime modified, String identity) {}

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new CacheException("cannot release " + folder, e);
    }
  }
}
