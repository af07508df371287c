package io.inferwarden.k8s.rules;

import io.inferwarden.app.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;

/** A Kafka broker in a JVM of its own: runs until it is killed. */
final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] arguments) throws IOException {
    EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]));
    System.out.println("Kafka at " + broker.bootstrapServers());
  }
}
