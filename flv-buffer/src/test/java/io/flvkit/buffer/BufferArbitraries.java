package io.flvkit.buffer;

import io.flvkit.buffer.WindowOperation.Abandon;
import io.flvkit.buffer.WindowOperation.Append;
import io.flvkit.buffer.WindowOperation.Close;
import io.flvkit.buffer.WindowOperation.Discard;
import io.flvkit.buffer.WindowOperation.Join;
import io.flvkit.buffer.WindowOperation.Publish;
import io.flvkit.buffer.WindowOperation.Read;
import io.flvkit.buffer.WindowOperation.Release;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Windows and stories for the properties: small, so that every bound is met often. */
final class BufferArbitraries {
  static final int READERS = 3;
  static final int MAX_BYTES = 600;

  private BufferArbitraries() {}

  static Arbitrary<WindowLimits> limits() {
    Arbitrary<Long> bytes = Arbitraries.longs().between(40, MAX_BYTES);
    Arbitrary<Long> millis = Arbitraries.longs().between(0, 2000);
    Arbitrary<Integer> records = Arbitraries.integers().between(1, 40);
    Arbitrary<Integer> smallest = Arbitraries.integers().between(1, 128);
    Arbitrary<Integer> growth = Arbitraries.integers().between(1, 4);
    return Combinators.combine(bytes, millis, records, smallest, growth)
        .as((b, m, r, s, g) -> new WindowLimits(b, m, r, s, s * g));
  }

  static Arbitrary<List<WindowOperation>> stories() {
    return Arbitraries.<WindowOperation>frequencyOf(
            Tuple.of(40, append()),
            Tuple.of(2, Arbitraries.integers().between(1, 40).map(Abandon::new)),
            Tuple.of(20, Arbitraries.just(new Publish())),
            Tuple.of(8, join()),
            Tuple.of(30, read()),
            Tuple.of(8, reader().map(Release::new)),
            Tuple.of(1, Arbitraries.of(new Close(), new Discard())))
        .list()
        .ofMaxSize(150);
  }

  private static Arbitrary<WindowOperation> append() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 60),
            Arbitraries.integers().between(-50, 400),
            Arbitraries.integers().between(0, 4).map(n -> n == 0),
            Arbitraries.integers().between(1, 3))
        .as(Append::new);
  }

  private static Arbitrary<WindowOperation> join() {
    return Combinators.combine(reader(), Arbitraries.of(JoinAt.class)).as(Join::new);
  }

  private static Arbitrary<WindowOperation> read() {
    return Combinators.combine(
            reader(),
            Arbitraries.integers().between(1, 200),
            Arbitraries.integers().between(0, 100),
            Arbitraries.of(true, false))
        .as(Read::new);
  }

  private static Arbitrary<Integer> reader() {
    return Arbitraries.integers().between(0, READERS - 1);
  }
}
