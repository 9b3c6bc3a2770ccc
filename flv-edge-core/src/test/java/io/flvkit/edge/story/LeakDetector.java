package io.flvkit.edge.story;

import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Netty's detector, which finds its leaks when others allocate; keeps what it found. */
public final class LeakDetector<T> extends ResourceLeakDetector<T> {
  private static final List<String> LEAKS = new CopyOnWriteArrayList<>();

  /** Called by Netty, which is told of this class by a system property. */
  public LeakDetector(Class<?> resourceType, int samplingInterval) {
    super(resourceType, samplingInterval);
  }

  /** The same as Netty asks for it first; without it, it logs an error. */
  public LeakDetector(Class<?> resourceType, int samplingInterval, long unused) {
    this(resourceType, samplingInterval);
  }

  static List<String> leaks() {
    return List.copyOf(LEAKS);
  }

  /** Forgets all but the first so many, which a test made on purpose. */
  static void forget(int kept) {
    LEAKS.subList(kept, LEAKS.size()).clear();
  }

  @Override
  protected boolean needReport() {
    return true;
  }

  @Override
  protected void reportTracedLeak(String resourceType, String records) {
    LEAKS.add(resourceType + records);
    super.reportTracedLeak(resourceType, records);
  }

  @Override
  protected void reportUntracedLeak(String resourceType) {
    LEAKS.add(resourceType);
    super.reportUntracedLeak(resourceType);
  }
}
