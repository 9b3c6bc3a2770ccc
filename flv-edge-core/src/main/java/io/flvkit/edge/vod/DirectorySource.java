package io.flvkit.edge.vod;

import io.flvkit.codec.ByteSource;
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
  private final Executor seekers;
  private final SeekViews views = new SeekViews();

  DirectorySource(
      Folder folder, PlannedAnswer answers, Clock clock, Executor disk, Executor seekers) {
    this.folder = folder;
    this.answers = answers;
    this.clock = clock;
    this.disk = disk;
    this.seekers = seekers;
  }

  @Override
  public CompletionStage<EdgeResponse> answer(
      RoutedRequest request, CanonicalPath file, Loop loop, VodEvents events) {
    RangeRequest asked = conditionsOf(request);
    String contentType = ContentTypes.of(file.fileName());
    SeekQuery seek = SeekQuery.of(request.query(), file.fileName());
    return CompletableFuture.supplyAsync(
        () -> look(asked, seek, file, contentType), seek == null ? disk : seekers);
  }

  private static RangeRequest conditionsOf(RoutedRequest request) {
    return RangeRequest.of(request.request().method(), name -> joined(request.headers().all(name)));
  }

  private static @Nullable String joined(List<String> values) {
    return values.isEmpty() ? null : String.join(", ", values);
  }

  private EdgeResponse look(
      RangeRequest asked, @Nullable SeekQuery seek, CanonicalPath path, String contentType) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      FileState state = folder.find(path);
      if (state == null) {
        return EdgeResponse.text(404, "not found");
      }
      FileChannel channel = seek == null ? null : Folder.open(state);
      EdgeResponse answer =
          seek == null || channel != null ? answer(asked, seek, state, contentType, channel) : null;
      if (answer != null) {
        return answer;
      }
    }
    return EdgeResponse.text(503, "the file changes too fast").with("Retry-After", "1");
  }

  /** Null when the file is not in that state any more. */
  private @Nullable EdgeResponse answer(
      RangeRequest asked,
      @Nullable SeekQuery seek,
      FileState state,
      String contentType,
      @Nullable FileChannel opened) {
    Instant now = clock.instant();
    Representation file = state.representation(now);
    View view = View.ofWhole(file);
    FileChannel channel = opened;
    boolean kept = false;
    try {
      if (seek != null && channel != null) {
        SeekViews.Sought sought = views.find(state, seek, file, ByteSource.of(channel));
        if (sought.view() == null) {
          RangePlan none = new RangePlan.Unsatisfiable(file.length());
          return dated(answers.of(none, view, contentType, null, () -> {}), now);
        }
        view = sought.view();
      }
      RangePlan plan = RangePlan.of(asked, view.representation(), now);
      if (!PlannedAnswer.needsFile(plan, asked.head())) {
        return dated(answers.of(plan, view, contentType, null, () -> {}), now);
      }
      channel = channel == null ? Folder.open(state) : channel;
      if (channel == null) {
        return null;
      }
      FileChannel sent = channel;
      kept = true;
      return dated(answers.of(plan, view, contentType, sent, () -> close(sent)), now);
    } catch (IOException e) {
      throw new FolderException("cannot read " + state.file(), e);
    } finally {
      if (!kept && channel != null) {
        close(channel);
      }
    }
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
