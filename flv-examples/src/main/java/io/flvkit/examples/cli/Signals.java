package io.flvkit.examples.cli;

import java.lang.reflect.Proxy;

/**
 * Handles signals of the operating system. A JVM that SIGTERM stops exits with 143 whatever its
 * shutdown hooks do, so a clean exit needs a handler; the JDK has one only in {@code
 * jdk.unsupported}, reached by reflection because the compiler rightly warns of it.
 */
final class Signals {
  private Signals() {}

  /** Runs {@code action} on a thread of the JVM each time the signal comes; false if it cannot. */
  static boolean on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (!method.getName().equals("handle")) {
                  return method.invoke(action, arguments);
                }
                action.run();
                return null;
              });
      Object instance = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, instance, proxy);
      return true;
    } catch (ReflectiveOperationException e) {
      // No such signal on this system, or the JVM keeps it for itself: its default action stays.
      return false;
    }
  }
}
