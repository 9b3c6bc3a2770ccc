package io.flvkit.edge.vod;

import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.token.CanonicalPath;
import io.flvkit.vod.HttpDate;
import io.flvkit.vod.RangePlan;
import io.flvkit.vod.RangeRequest;
import io.flvkit.vod.Representation;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers from a folder of this machine. */
final class DirectorySource implements FileSource {
  private static final Logger LOG = LoggerFactory.getLogger(DirectorySource.class);

  /** How often a file that is exchanged while it is being opened is looked up again. */
  private static final int ATTEMPTS = 5;

  private final Folder folder;
  private final PlannedAnswer answers;
  private final Clock clock;
  private final Executor disk;

  DirectorySource(Folder folder, PlannedAnswer answers, Clock clock, Executor disk) {
    this.folder = folder;
    this.answers = answers;
    this.clock = clock;
    this.disk = disk;
  }

  @Override
  public CompletionStage<EdgeResponse> answer(
      RoutedRequest request, CanonicalPath file, Loop loop, VodEvents events) {
    RangeRequest asked = conditionsOf(request);
    String contentType = ContentTypes.of(file.fileName());
    return CompletableFuture.supplyAsync(() -> look(asked, file, contentType), disk);
  }

  private static RangeRequest conditionsOf(RoutedRequest request) {
    return RangeRequest.of(request.request().method(), name -> joined(request.headers().all(name)));
  }

  private static @Nullable String joined(List<String> values) {
    return values.isEmpty() ? null : String.join(", ", values);
  }

  private EdgeResponse look(RangeRequest asked, CanonicalPath path, String contentType) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      FileState state = folder.find(path);
      if (state == null) {
        return EdgeResponse.text(404, "not found");
      }
      Instant now = clock.instant();
      Representation representation = state.representation(now);
      RangePlan plan = RangePlan.of(asked, representation, now);
      if (!PlannedAnswer.needsFile(plan, asked.head())) {
        return dated(answers.of(plan, representation, contentType, null, () -> {}), now);
      }
      FileChannel channel = Folder.open(state);
      if (channel != null) {
        return dated(
            answers.of(plan, representation, contentType, channel, () -> close(channel)), now);
      }
    }
    return EdgeResponse.text(503, "the file changes too fast").with("Retry-After", "1");
  }

  /** The time that conditions were judged by; a client needs it to trust Last-Modified. */
  private static EdgeResponse dated(EdgeResponse answer, Instant now) {
    return answer.with("Date", HttpDate.format(now));
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("cannot close a file that was only read", e);
    }
  }
}
