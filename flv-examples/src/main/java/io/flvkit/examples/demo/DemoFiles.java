package io.flvkit.examples.demo;

import io.flvkit.codec.ByteSource;
import io.flvkit.codec.FlvIndexer;
import io.flvkit.codec.FlvLimits;
import io.flvkit.examples.FlvKitException;
import io.flvkit.examples.origin.RepeatedClip;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bundled clip, and a file of two minutes made of it with a keyframe index, in a temporary
 * folder that is deleted at the end.
 */
final class DemoFiles implements AutoCloseable {
  private static final long LONG_FILE_MILLIS = 120_000;

  private final Path folder;

  private DemoFiles(Path folder) {
    this.folder = folder;
  }

  /** Unpacks the clip. Throws FlvKitException if the temporary folder cannot be written. */
  static DemoFiles unpack() {
    try {
      DemoFiles files = new DemoFiles(Files.createTempDirectory("flvkit-demo"));
      Files.createDirectory(files.vodFolder());
      files.copyClip();
      files.makeLongFile();
      return files;
    } catch (IOException e) {
      throw FlvKitException.failed("cannot unpack the demo's clip: " + e.getMessage(), e);
    }
  }

  private void copyClip() throws IOException {
    try (InputStream clip = DemoFiles.class.getResourceAsStream("live.flv")) {
      if (clip == null) {
        throw new FileNotFoundException("live.flv is not in the jar");
      }
      Files.copy(clip, liveClip());
    }
  }

  private void makeLongFile() throws IOException {
    Path plain = folder.resolve("plain.flv");
    RepeatedClip.write(liveClip(), plain, LONG_FILE_MILLIS);
    try (FileChannel source = FileChannel.open(plain);
        FileChannel target =
            FileChannel.open(longFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FlvIndexer.strict(FlvLimits.defaults()).index(ByteSource.of(source), target);
    }
    Files.delete(plain);
  }

  private Path longFile() {
    return vodFolder().resolve("demo.flv");
  }

  /** To be looped as live. */
  Path liveClip() {
    return folder.resolve("live.flv");
  }

  /** Holds {@code demo.flv}, which has a keyframe index. */
  Path vodFolder() {
    return folder.resolve("vod");
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(longFile());
      Files.deleteIfExists(vodFolder());
      Files.deleteIfExists(liveClip());
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw FlvKitException.failed("cannot delete " + folder + ": " + e.getMessage(), e);
    }
  }
}
