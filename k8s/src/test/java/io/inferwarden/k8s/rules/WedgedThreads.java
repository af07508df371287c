package io.inferwarden.k8s.rules;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Threads of another JVM that stand still wherever they are, while its other threads go on. */
final class WedgedThreads implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 60_000;

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
    VirtualMachine machine = attach(port);
    List<ThreadReference> threads =
        machine.allThreads().stream()
            .filter(thread -> thread.name().matches(".*" + suffix + "\\d+"))
            .toList();
    threads.forEach(ThreadReference::suspend);
    return new WedgedThreads(machine, threads);
  }

  /**
   * Wedges every thread that comes to a method, from now on.
   *
   * @param port at which the other JVM waits for a debugger before it does anything
   * @param type that has one method of that name
   */
  static WedgedThreads wedgeAt(int port, String type, String method)
      throws IOException, IllegalConnectorArgumentsException, InterruptedException {
    VirtualMachine machine = attach(port);
    ClassPrepareRequest request = machine.eventRequestManager().createClassPrepareRequest();
    request.addClassFilter(type);
    request.enable();
    boolean isSet = false;
    while (!isSet) {
      EventSet events = machine.eventQueue().remove(PATIENCE_MILLIS);
      if (events == null) {
        throw new IllegalStateException("the other JVM did not load " + type);
      }
      for (Event event : events) {
        if (event instanceof ClassPrepareEvent prepared) {
          stopAt(prepared.referenceType(), method);
          isSet = true;
        }
      }
      events.resume();
    }
    return new WedgedThreads(machine, List.of());
  }

  private static void stopAt(ReferenceType type, String method) {
    BreakpointRequest stop =
        type.virtualMachine()
            .eventRequestManager()
            .createBreakpointRequest(type.methodsByName(method).get(0).location());
    stop.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    stop.enable();
  }

  static VirtualMachine attach(int port) throws IOException, IllegalConnectorArgumentsException {
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(each -> each.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    arguments.get("hostname").setValue("127.0.0.1");
    arguments.get("port").setValue(String.valueOf(port));
    return connector.attach(arguments);
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
