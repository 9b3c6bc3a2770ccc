package io.flvkit.bench.macro;

import io.flvkit.bench.macro.load.FlatRecord;
import io.flvkit.bench.macro.load.Load;
import io.flvkit.bench.macro.load.Plan;
import io.flvkit.bench.macro.load.WindowResult;
import io.flvkit.bench.macro.origin.StampedOrigin;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes of one row: origin, viewers, the edge, and the limit program if there is one. */
final class Rig implements AutoCloseable {
  static final int SERVER_CORE = 0;
  private static final int LOAD_CORE = 1;

  /** Between the last join and the window. */
  private static final int SETTLE_SECONDS = 3;

  /** How long the edge works at load before the first window. */
  private static final int WARM_SECONDS = 40;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Row row;
  private final List<Child> children = new ArrayList<>();
  private final Child load;
  private final Server edge;
  private final Optional<Server> limit;

  Rig(Children starter, Row row, Edge edge, Optional<Limit> limit)
      throws IOException, InterruptedException {
    this.row = row;
    List<String> origin = java(StampedOrigin.class, List.of(row.shape().name()));
    Child source = own(starter.start("origin", LOAD_CORE, origin));
    load = own(starter.start("load", LOAD_CORE, java(Load.class, List.of())));
    int port = Integer.parseInt(source.await("listen ", PATIENCE).substring("listen ".length()));
    this.edge = edge.start(starter, row, port);
    own(this.edge.process());
    this.limit = limit.isEmpty() ? Optional.empty() : Optional.of(limit.get().start(starter, row));
    this.limit.ifPresent(server -> own(server.process()));
  }

  Server edge() {
    return edge;
  }

  Optional<Server> limit() {
    return limit;
  }

  /** Lets the edge compile what it does often. */
  void warm(int viewers) throws IOException, InterruptedException {
    measure(plan(edge, viewers, WARM_SECONDS, 0));
    leave();
  }

  /** A window with all viewers of the row, who leave at its end. */
  WindowResult window(Server server, int seconds) throws IOException, InterruptedException {
    return window(server, seconds, 0);
  }

  /** A window in which every n-th viewer stopped reading at its first keyframe. */
  WindowResult window(Server server, int seconds, int stopEvery)
      throws IOException, InterruptedException {
    WindowResult result = measure(plan(server, row.viewers(), seconds, stopEvery));
    leave();
    return result;
  }

  /** A window of the edge after which the viewers stay for up to two minutes. */
  WindowResult hold(int viewers, int seconds) throws IOException, InterruptedException {
    return measure(plan(edge, viewers, seconds, 0));
  }

  /** Ends a {@link #hold}. */
  void leave() throws IOException, InterruptedException {
    load.send("");
    load.await("", PATIENCE);
  }

  private Plan plan(Server server, int viewers, int seconds, int stopEvery) {
    return new Plan(
        server.port(),
        server.process().pid(),
        viewers,
        row.joinsPerSecond(),
        SETTLE_SECONDS,
        seconds,
        row.sampled(),
        stopEvery);
  }

  private WindowResult measure(Plan plan) throws IOException, InterruptedException {
    load.send(plan.line());
    String line = load.await("{", PATIENCE.plusSeconds(plan.seconds()));
    return FlatRecord.parse(WindowResult.class, line);
  }

  static List<String> java(Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(Tools.java(), "-Xmx512m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }

  private Child own(Child child) {
    children.add(child);
    return child;
  }

  @Override
  public void close() {
    children.forEach(Child::close);
  }
}
