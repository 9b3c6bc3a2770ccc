package io.flvkit.edge.config;

import io.flvkit.token.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a configuration file: the files beside it and the environment. Each reader
 * refuses by an {@code IllegalArgumentException} without the secret.
 */
final class Surroundings {
  private static final int MAX_SECRET_FILE_BYTES = 64 << 10;

  /** Databases of cities have some 60 MB. */
  private static final int MAX_DATABASE_BYTES = 256 << 20;

  private final Path folder;
  private final UnaryOperator<@Nullable String> environment;

  Surroundings(Path file, UnaryOperator<@Nullable String> environment) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    this.folder = parent == null ? Path.of("/") : parent;
    this.environment = environment;
  }

  /** The path that {@code text} means, seen from the file's folder. */
  Path path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("must name a file");
    }
    return folder.resolve(text).normalize();
  }

  /** A folder that is there and can be read. */
  Path directory(String text) {
    Path path = path(text);
    if (!Files.isDirectory(path) || !Files.isReadable(path)) {
      throw new IllegalArgumentException("is not a folder that can be read: " + path);
    }
    return path;
  }

  /** A bearer token: the text of a file without its newline. */
  String bearerToken(String file) {
    String token = new String(bytes(file), StandardCharsets.UTF_8).strip();
    if (token.isEmpty()) {
      throw new IllegalArgumentException("is an empty file: " + path(file));
    }
    return token;
  }

  /** The text of a small file: certificates, a key. */
  String text(String file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  /** A database, as a whole. */
  byte[] database(String file) {
    return bytes(file, MAX_DATABASE_BYTES);
  }

  Secret secretOfFile(String file) {
    return Secret.parse(bytes(file));
  }

  Secret secretOfVariable(String name) {
    String text = environment.apply(name);
    if (text == null) {
      throw new IllegalArgumentException("names an environment variable that is not set: " + name);
    }
    return Secret.parse(text);
  }

  /** Why a file could not be read, in words. */
  static String why(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private byte[] bytes(String file) {
    return bytes(file, MAX_SECRET_FILE_BYTES);
  }

  private byte[] bytes(String file, int max) {
    Path path = path(file);
    try {
      if (Files.size(path) > max) {
        throw new IllegalArgumentException("is too large for what it should be: " + path);
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + path + ": " + why(e), e);
    }
  }
}
