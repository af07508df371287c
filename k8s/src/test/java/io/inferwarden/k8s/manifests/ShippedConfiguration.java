package io.inferwarden.k8s.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import okhttp3.tls.HeldCertificate;

/**
 * A configuration of production as a pod of one component gets it, with its folders below one of a
 * test's. What the pod finds in its volumes is there, too.
 */
final class ShippedConfiguration {
  static final int PARTITIONS = 2;
  private static final YAMLMapper YAML = new YAMLMapper();

  private final Path folder;
  private final ObjectNode root;

  private ShippedConfiguration(Path folder, ObjectNode root) {
    this.folder = folder;
    this.root = root;
  }

  /**
   * Reads it.
   *
   * @param name the file of the configuration in {@code map}
   * @param folder of the component, in which everything is that it reads and writes
   * @param bootstrapServers of the cluster, of one broker
   */
  static ShippedConfiguration of(
      Rendered rendered, String map, String name, Path folder, String bootstrapServers)
      throws IOException {
    String here =
        rendered
            .configuration(map, name)
            .replace("/run/secrets/", folder + "/secrets/")
            .replace("/var/lib/inferwarden", folder + "/state");
    ObjectNode root = (ObjectNode) YAML.readTree(here);
    ObjectNode kafka = (ObjectNode) root.path("kafka");
    kafka.put("bootstrapServers", bootstrapServers);
    kafka.put("partitions", PARTITIONS);
    kafka.put("replication", 1);
    ObjectNode properties = (ObjectNode) kafka.path("properties");
    if (properties.has("topic.min.insync.replicas")) {
      properties.put("topic.min.insync.replicas", "1");
    }
    for (String door : new String[] {"operations", "collector"}) {
      if (root.path(door) instanceof ObjectNode listening) {
        listening.put("host", "127.0.0.1").put("port", 0);
      }
    }
    Files.createDirectories(folder.resolve("state"));
    return new ShippedConfiguration(folder, root);
  }

  /** Puts the certificates where the component {@code tls} mounts them. */
  ShippedConfiguration withCertificates(HeldCertificate user, HeldCertificate authority)
      throws IOException {
    return withFiles(
        "kafka",
        Map.of(
            "ca.crt", authority.certificatePem(),
            "user.crt", user.certificatePem(),
            "user.key", user.privateKeyPkcs8Pem()));
  }

  /** Puts files where a Secret is mounted. */
  ShippedConfiguration withFiles(String mount, Map<String, String> files) throws IOException {
    Path mounted = Files.createDirectories(folder.resolve("secrets").resolve(mount));
    for (var file : files.entrySet()) {
      Files.writeString(mounted.resolve(file.getKey()), file.getValue());
    }
    return this;
  }

  /** Sets a section or a setting anew, to YAML. */
  ShippedConfiguration with(String section, String key, String yaml) throws IOException {
    ((ObjectNode) root.path(section)).set(key, YAML.readTree(yaml));
    return this;
  }

  /** What all Kafka clients of the component are told. */
  JsonNode kafkaProperties() {
    return root.at("/kafka/properties");
  }

  /** Writes the file and returns it. */
  Path write() throws IOException {
    Path file = folder.resolve("inferwarden.yaml");
    Files.write(file, YAML.writeValueAsBytes(root));
    return file;
  }
}
