package io.flvkit.examples.cli;

import io.flvkit.codec.FlvFormatException;
import io.flvkit.examples.FlvKitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Makes one file out of another, and names the file that is at fault when that fails. */
final class FileWork {
  private FileWork() {}

  /** What is done. */
  interface Work<T> {
    T run(FileChannel input, FileChannel output) throws IOException;
  }

  static <T> T run(Path in, Path out, Work<T> work) {
    try (FileChannel input = FileChannel.open(in);
        OutputFile output = OutputFile.of(out, in)) {
      T result = work.run(input, output.channel());
      output.complete();
      return result;
    } catch (FlvFormatException e) {
      throw FlvKitException.failed(in + ": " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw FlvKitException.failed(e.getFile() + ": no such file", e);
    } catch (IOException | UncheckedIOException e) {
      throw FlvKitException.failed(in + " to " + out + ": " + e.getMessage(), e);
    }
  }
}
