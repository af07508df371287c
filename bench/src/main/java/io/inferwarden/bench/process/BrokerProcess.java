package io.inferwarden.bench.process;

import io.inferwarden.app.embedded.EmbeddedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** A broker in a JVM of its own, in a temporary folder. */
public final class BrokerProcess implements AutoCloseable {
  private static final String ADDRESS = "Kafka at ";

  private final ChildProcess child;
  private final String bootstrapServers;

  private BrokerProcess(ChildProcess child, String bootstrapServers) {
    this.child = child;
    this.bootstrapServers = bootstrapServers;
  }

  public static BrokerProcess start() throws IOException {
    ChildProcess child = ChildProcess.start(BrokerProcess.class, List.of("-Xmx1g"), List.of());
    return new BrokerProcess(child, child.await(Pattern.compile(ADDRESS + "(.+)")).group(1));
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public Duration processorTime() {
    return child.processorTime();
  }

  @Override
  public void close() {
    child.close();
  }

  /** The child. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    EmbeddedBroker broker = EmbeddedBroker.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(broker)));
    System.out.println(ADDRESS + broker.bootstrapServers());
    new CountDownLatch(1).await();
  }

  private static void end(EmbeddedBroker broker) {
    try {
      broker.close();
    } catch (IOException e) {
      System.err.println("the broker left something behind: " + e);
    }
  }
}
