package io.flvkit.edge.log;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries as JSON lines on a thread of its own. Entries wait in a bounded queue; the writer
 * takes all that wait, writes them and flushes, so a line is there some milliseconds after its
 * response.
 *
 * <p>Nothing is written before {@link #start}, so that the process may say what it has to say on
 * standard output first.
 */
public final class JsonAccessLog implements AccessLog {
  /** Entries that may wait; the texts in each are bounded too, so about 40 MB at worst. */
  static final int MAX_WAITING = 4096;

  /** So many wait no longer for others to come. */
  private static final int BATCH = 512;

  /** A line waits this long for others: a thread that wakes for each costs more than its lines. */
  private static final long GATHER_MILLIS = 2;

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
  private static final int BUFFER_BYTES = 64 << 10;
  private static final Logger LOG = LoggerFactory.getLogger(JsonAccessLog.class);

  private final LineSink sink;
  private final Runnable onDrop;
  private final Duration closeWithin;
  private final Thread writer = new Thread(this::run, "flvkit-access-log");
  private final AtomicLong dropped = new AtomicLong();

  // Guarded by this.
  private final ArrayDeque<AccessEntry> waiting = new ArrayDeque<>();
  private boolean reopenWanted;
  private boolean closing;

  // Confined to the writer once it runs.
  private @Nullable OutputStream out;
  private boolean failing;

  JsonAccessLog(LineSink sink, Runnable onDrop, Duration closeWithin) throws IOException {
    this.sink = sink;
    this.onDrop = onDrop;
    this.closeWithin = closeWithin;
    this.out = open();
    writer.setDaemon(true);
  }

  /**
   * Opens the log.
   *
   * @param target a file, or {@code "-"} for {@code standardOutput}
   * @param onDrop called for each entry that is dropped, on whichever thread
   * @throws IOException if the file cannot be opened
   */
  public static JsonAccessLog open(String target, PrintStream standardOutput, Runnable onDrop)
      throws IOException {
    LineSink sink =
        target.equals("-") ? LineSink.stream(standardOutput) : LineSink.file(Path.of(target));
    return new JsonAccessLog(sink, onDrop, CLOSE_WITHIN);
  }

  /** Begins to write, also what was added before. Called once. */
  public void start() {
    writer.start();
  }

  @Override
  public void add(AccessEntry entry) {
    synchronized (this) {
      if (!closing && waiting.size() < MAX_WAITING) {
        waiting.add(entry);
        if (waiting.size() == 1 || waiting.size() == BATCH) {
          notifyAll();
        }
        return;
      }
    }
    drop();
  }

  @Override
  public synchronized void reopen() {
    reopenWanted = true;
    notifyAll();
  }

  /** Entries dropped so far. */
  public long dropped() {
    return dropped.get();
  }

  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    if (writer.getState() == Thread.State.NEW) {
      writer.start();
    }
    try {
      writer.join(closeWithin.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      List<AccessEntry> batch = new ArrayList<>();
      while (takeInto(batch)) {
        write(batch);
        batch.clear();
      }
      closeQuietly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for something to do; false when all is written and the log is closing. */
  private boolean takeInto(List<AccessEntry> batch) throws InterruptedException {
    boolean reopenNow;
    synchronized (this) {
      while (waiting.isEmpty() && !reopenWanted && !closing) {
        wait();
      }
      gather();
      batch.addAll(waiting);
      waiting.clear();
      reopenNow = reopenWanted;
      reopenWanted = false;
      if (batch.isEmpty() && closing && !reopenNow) {
        return false;
      }
    }
    if (reopenNow) {
      closeQuietly();
    }
    return true;
  }

  @SuppressWarnings("WaitNotInLoop") // who wakes too early has a smaller batch
  private synchronized void gather() throws InterruptedException {
    if (waiting.size() < BATCH && !reopenWanted && !closing) {
      wait(GATHER_MILLIS);
    }
  }

  private void write(List<AccessEntry> batch) {
    try {
      if (out == null) {
        out = open();
        if (failing) {
          out.write('\n'); // the last line may have been cut off
        }
      }
      for (AccessEntry entry : batch) {
        out.write((entry.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
      failing = false;
    } catch (IOException e) {
      batch.forEach(entry -> drop());
      if (!failing) {
        LOG.warn("the access log cannot be written, its lines are dropped: {}", e.toString());
      }
      failing = true;
      closeQuietly();
    }
  }

  private OutputStream open() throws IOException {
    return new BufferedOutputStream(sink.open(), BUFFER_BYTES);
  }

  private void closeQuietly() {
    OutputStream old = out;
    out = null;
    if (old == null) {
      return;
    }
    try {
      old.close();
    } catch (IOException e) {
      if (!failing) {
        LOG.warn("the access log was not closed in good order: {}", e.toString());
      }
    }
  }

  private void drop() {
    dropped.incrementAndGet();
    onDrop.run();
  }
}
