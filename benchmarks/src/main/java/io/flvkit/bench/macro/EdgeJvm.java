package io.flvkit.bench.macro;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.util.Objects;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A look into the JVM of the edge from outside, by JMX over a local port. */
final class EdgeJvm implements AutoCloseable {
  private static final String LOOPS = "flvkit-loop";

  private final JMXConnector connector;
  private final MemoryMXBean memory;
  private final BufferPoolMXBean direct;
  private final ThreadMXBean threads;

  private EdgeJvm(JMXConnector connector) throws IOException {
    this.connector = connector;
    memory = bean("java.lang:type=Memory", MemoryMXBean.class);
    direct = bean("java.nio:type=BufferPool,name=direct", BufferPoolMXBean.class);
    threads = bean("java.lang:type=Threading", ThreadMXBean.class);
  }

  // The address is what the edge, started by this benchmark, answered.
  @SuppressWarnings("BanJNDI")
  static EdgeJvm attach(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      String address = machine.startLocalManagementAgent();
      machine.detach();
      return new EdgeJvm(JMXConnectorFactory.connect(new JMXServiceURL(address)));
    } catch (AttachNotSupportedException e) {
      throw new IOException("cannot attach to the edge", e);
    }
  }

  /** What of the heap is alive: collects first. */
  long liveHeapBytes() {
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  long directBytes() {
    return direct.getMemoryUsed();
  }

  /** What the event loops, which alone serve viewers, have allocated since they started. */
  long allocatedBytes() {
    long bytes = 0;
    for (long id : threads.getAllThreadIds()) {
      ThreadInfo thread = threads.getThreadInfo(id);
      if (thread != null && thread.getThreadName().startsWith(LOOPS)) {
        bytes += threads.getThreadAllocatedBytes(id);
      }
    }
    return bytes;
  }

  private <T extends java.lang.management.PlatformManagedObject> T bean(String name, Class<T> type)
      throws IOException {
    MBeanServerConnection connection = connector.getMBeanServerConnection();
    return Objects.requireNonNull(ManagementFactory.newPlatformMXBeanProxy(connection, name, type));
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
