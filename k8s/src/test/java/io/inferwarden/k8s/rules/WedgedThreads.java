package io.inferwarden.k8s.rules;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Threads of another JVM that stand still wherever they are, while its other threads go on. */
final class WedgedThreads implements AutoCloseable {
  private final VirtualMachine machine;
  private final List<ThreadReference> threads;

  private WedgedThreads(VirtualMachine machine, List<ThreadReference> threads) {
    this.machine = machine;
    this.threads = threads;
  }

  /**
   * @param port at which the other JVM waits for a debugger
   * @param suffix that the names of the threads have before their number
   */
  static WedgedThreads wedge(int port, String suffix)
      throws IOException, IllegalConnectorArgumentsException {
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(each -> each.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    arguments.get("hostname").setValue("127.0.0.1");
    arguments.get("port").setValue(String.valueOf(port));
    VirtualMachine machine = connector.attach(arguments);
    List<ThreadReference> threads =
        machine.allThreads().stream()
            .filter(thread -> thread.name().matches(".*" + suffix + "\\d+"))
            .toList();
    threads.forEach(ThreadReference::suspend);
    return new WedgedThreads(machine, threads);
  }

  int count() {
    return threads.size();
  }

  /** They go on. */
  @Override
  public void close() {
    threads.forEach(ThreadReference::resume);
    machine.dispose();
  }
}
