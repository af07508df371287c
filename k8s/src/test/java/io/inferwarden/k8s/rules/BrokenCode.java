package io.inferwarden.k8s.rules;

import com.sun.jdi.ClassType;
import com.sun.jdi.Method;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Methods of another JVM that do not what their code says, as if the code had that fault, until
 * this is closed. What it has done by then stays done.
 */
final class BrokenCode implements AutoCloseable {
  private static final String FAULT = "fault";

  private final VirtualMachine machine;
  private final Thread events = new Thread(this::handle, "broken code");
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /** What happens to a thread that comes to a method, in place of the method. */
  private interface Fault {
    void befall(BreakpointEvent event) throws Exception;
  }

  private BrokenCode(VirtualMachine machine) {
    this.machine = machine;
  }

  /**
   * @param port at which the other JVM waits for a debugger
   */
  static BrokenCode attach(int port) throws Exception {
    BrokenCode broken = new BrokenCode(WedgedThreads.attach(port));
    broken.events.setDaemon(true);
    broken.events.start();
    return broken;
  }

  /** From now on the method does nothing and returns null. */
  BrokenCode returnsNull(String type, String method) {
    return breaks(type, method, event -> event.thread().forceEarlyReturn(null));
  }

  /** The next call of the method fails with an error that has a constructor without arguments. */
  BrokenCode failsOnce(String type, String method, String error) {
    return breaks(
        type,
        method,
        event -> {
          // Other threads may have come there at the same moment.
          if (event.request().isEnabled()) {
            event.request().disable();
            event.thread().stop(newInstance(error, event.thread()));
          }
        });
  }

  private BrokenCode breaks(String type, String method, Fault fault) {
    BreakpointRequest request =
        machine
            .eventRequestManager()
            .createBreakpointRequest(loaded(type).methodsByName(method).get(0).location());
    request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    request.putProperty(FAULT, fault);
    request.enable();
    return this;
  }

  private ReferenceType loaded(String type) {
    return machine.classesByName(type).stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the other JVM has not loaded " + type));
  }

  private ObjectReference newInstance(String error, ThreadReference thread) throws Exception {
    ClassType type = (ClassType) loaded(error);
    Method constructor = type.concreteMethodByName("<init>", "()V");
    return type.newInstance(thread, constructor, List.of(), ObjectReference.INVOKE_SINGLE_THREADED);
  }

  private void handle() {
    try {
      while (true) {
        EventSet set = machine.eventQueue().remove();
        for (Event event : set) {
          if (event instanceof BreakpointEvent stopped) {
            befall(stopped);
          }
        }
        set.resume();
      }
    } catch (InterruptedException | VMDisconnectedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void befall(BreakpointEvent event) {
    try {
      ((Fault) event.request().getProperty(FAULT)).befall(event);
    } catch (VMDisconnectedException closed) {
      throw closed;
    } catch (Exception e) {
      failure.compareAndSet(null, e);
    }
  }

  @Override
  public void close() throws Exception {
    machine.dispose();
    Exception failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }
}
