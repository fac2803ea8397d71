package dev.tidemark.cli.terminal;

import java.lang.reflect.Proxy;

/** Takes Ctrl+C over from the virtual machine, which would end at once. */
public final class Interruption {

  private Interruption() {}

  /** Ctrl+C ends the command, and nothing at the server. */
  public static void endsTheLook(Terminal terminal) {
    onCtrlC(
        () -> {
          terminal.print("");
          Runtime.getRuntime().halt(130);
        });
  }

  /** Runs the action at each SIGINT from now on; without effect where signals cannot be taken. */
  public static void onCtrlC(Runnable action) {
    // By reflection, since the compiler warns of the class's name and lets nobody silence that.
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getDeclaringClass() == Object.class) {
                  return method.invoke(action, arguments);
                }
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), proxy);
    } catch (ReflectiveOperationException e) {
      // The command then ends at Ctrl+C, as any other does; the sync goes on.
    }
  }
}
