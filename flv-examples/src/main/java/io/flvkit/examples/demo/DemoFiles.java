package io.flvkit.examples.demo;

import io.flvkit.examples.FlvKitException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bundled clips as files of a temporary folder, which is deleted at the end. */
final class DemoFiles implements AutoCloseable {
  private final Path folder;

  private DemoFiles(Path folder) {
    this.folder = folder;
  }

  /** Unpacks the clips. Throws FlvKitException if the temporary folder cannot be written. */
  static DemoFiles unpack() {
    try {
      DemoFiles files = new DemoFiles(Files.createTempDirectory("flvkit-demo"));
      Files.createDirectory(files.vodFolder());
      copy("live.flv", files.liveClip());
      copy("vod.flv", files.vodFolder().resolve("demo.flv"));
      return files;
    } catch (IOException e) {
      throw FlvKitException.failed("cannot unpack the demo's clips: " + e.getMessage(), e);
    }
  }

  private static void copy(String resource, Path file) throws IOException {
    try (InputStream clip = DemoFiles.class.getResourceAsStream(resource)) {
      if (clip == null) {
        throw new FileNotFoundException(resource + " is not in the jar");
      }
      Files.copy(clip, file);
    }
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
      Files.deleteIfExists(vodFolder().resolve("demo.flv"));
      Files.deleteIfExists(vodFolder());
      Files.deleteIfExists(liveClip());
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw FlvKitException.failed("cannot delete " + folder + ": " + e.getMessage(), e);
    }
  }
}
