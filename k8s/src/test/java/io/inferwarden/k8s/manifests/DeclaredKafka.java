package io.inferwarden.k8s.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Does with the objects KafkaTopic and KafkaUser what Strimzi's operators do, on one broker. */
final class DeclaredKafka {
  private DeclaredKafka() {}

  /** Makes the topics, with fewer partitions, and gives the users their rights. */
  static void prepare(Rendered rendered, String bootstrapServers)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .createTopics(rendered.ofKind("KafkaTopic").stream().map(DeclaredKafka::topic).toList())
          .all()
          .get();
      admin.createAcls(acls(rendered)).all().get();
    }
  }

  private static NewTopic topic(JsonNode declared) {
    Map<String, String> config = new HashMap<>();
    declared
        .at("/spec/config")
        .properties()
        .forEach(each -> config.put(each.getKey(), each.getValue().asText()));
    config.put("min.insync.replicas", "1");
    return new NewTopic(Rendered.name(declared), partitionsOf(declared), (short) 1).configs(config);
  }

  /** How many partitions a topic has here. */
  static int partitionsOf(JsonNode declared) {
    JsonNode kind = declared.at("/metadata/labels").path("inferwarden.io/partitions");
    return kind.asText().equals("events") ? ShippedConfiguration.PARTITIONS : 1;
  }

  private static List<AclBinding> acls(Rendered rendered) {
    List<AclBinding> acls = new ArrayList<>();
    for (JsonNode user : rendered.ofKind("KafkaUser")) {
      for (JsonNode acl : user.at("/spec/authorization/acls")) {
        for (JsonNode operation : acl.path("operations")) {
          AccessControlEntry entry =
              new AccessControlEntry(
                  "User:CN=" + Rendered.name(user),
                  "*",
                  AclOperation.fromString(asKafkaWrites(operation)),
                  AclPermissionType.ALLOW);
          acls.add(new AclBinding(pattern(acl.path("resource")), entry));
        }
      }
    }
    return acls;
  }

  private static ResourcePattern pattern(JsonNode resource) {
    boolean isPrefix = resource.path("patternType").asText().equals("prefix");
    return new ResourcePattern(
        ResourceType.fromString(asKafkaWrites(resource.path("type"))),
        resource.path("name").asText(),
        isPrefix ? PatternType.PREFIXED : PatternType.LITERAL);
  }

  /** Strimzi writes DescribeConfigs and transactionalId, Kafka DESCRIBE_CONFIGS. */
  private static String asKafkaWrites(JsonNode name) {
    return name.asText().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }
}
