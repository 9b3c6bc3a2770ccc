package io.flvkit.examples.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The scripts of {@code src/test/browser} with the npm packages that they use, under target. */
final class PlayerPackages {
  private static final Path SOURCES = Path.of("src/test/browser");
  private static final Path FOLDER = Path.of("target/browser");
  private static final int NPM_SECONDS = 240;

  private PlayerPackages() {}

  /** The folder, ready to run; npm is called only when the locked packages are others. */
  static synchronized Path folder() throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    for (Path script : scripts()) {
      Files.copy(script, FOLDER.resolve(script.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    Path lock = SOURCES.resolve("package-lock.json");
    Path installed = FOLDER.resolve("installed.json");
    if (!Files.exists(installed) || Files.mismatch(lock, installed) >= 0) {
      install();
      Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
    }
    return FOLDER;
  }

  private static List<Path> scripts() throws IOException {
    try (var files = Files.list(SOURCES)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void install() throws IOException, InterruptedException {
    Path output = FOLDER.resolve("npm.log");
    Process npm =
        new ProcessBuilder(
                Programs.require("npm").toString(),
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--prefer-offline")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!npm.waitFor(NPM_SECONDS, TimeUnit.SECONDS)) {
      npm.destroyForcibly();
    }
    if (npm.waitFor() != 0) {
      throw Programs.missing("npm cannot install the players (see " + output + ")");
    }
  }
}
