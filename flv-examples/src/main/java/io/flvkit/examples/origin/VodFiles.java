package io.flvkit.examples.origin;

import io.flvkit.token.CanonicalPath;
import io.flvkit.vod.EntityTag;
import io.flvkit.vod.RangePlan;
import io.flvkit.vod.RangeRequest;
import io.flvkit.vod.Representation;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Serves the files of a folder with ranges and validators (RFC 9110); nothing outside of it. */
final class VodFiles {
  private final Path root;

  private VodFiles(Path root) {
    this.root = root;
  }

  /** Serves {@code directory}, which must exist. */
  static VodFiles of(Path directory) throws IOException {
    return new VodFiles(directory.toRealPath());
  }

  void answer(ChannelHandlerContext context, HttpRequest request, CanonicalPath path) {
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      FullHttpResponse refusal = Answers.status(HttpResponseStatus.METHOD_NOT_ALLOWED);
      refusal.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
      Answers.answerAndClose(context, refusal);
      return;
    }
    Optional<Path> file = find(path.segments());
    if (file.isEmpty() || path.isDirectory()) {
      Answers.answer(context, request, Answers.status(HttpResponseStatus.NOT_FOUND));
      return;
    }
    try {
      serve(context, request, file.get());
    } catch (IOException e) {
      Answers.answer(context, request, Answers.status(HttpResponseStatus.INTERNAL_SERVER_ERROR));
    }
  }

  /** The file, unless it is hidden, no regular file, or a link that leads out of the folder. */
  private Optional<Path> find(List<String> segments) {
    if (segments.stream().anyMatch(segment -> segment.startsWith("."))) {
      return Optional.empty();
    }
    try {
      Path file = root.resolve(String.join("/", segments)).toRealPath();
      boolean servable =
          file.startsWith(root) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
      return servable ? Optional.of(file) : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static void serve(ChannelHandlerContext context, HttpRequest request, Path file)
      throws IOException {
    Representation representation = representation(file);
    RangeRequest asked =
        RangeRequest.of(
            request.method().name(),
            name -> {
              List<String> values = request.headers().getAll(name);
              return values.isEmpty() ? null : String.join(", ", values);
            });
    RangePlan plan = RangePlan.of(asked, representation, Instant.now());
    new VodAnswer(file, representation, plan).write(context, request);
  }

  private static Representation representation(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    long changed = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    String tag =
        Long.toHexString(attributes.size())
            + "-"
            + Long.toHexString(changed)
            + "-"
            + Integer.toHexString(String.valueOf(attributes.fileKey()).hashCode());
    return new Representation(
        attributes.size(), EntityTag.strong(tag), attributes.lastModifiedTime().toInstant());
  }
}
