package io.inferwarden.k8s.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.app.names.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaUsersTest {
  private static final Path TOPOLOGY =
      Path.of(
          "../streams-app/src/test/resources/io/inferwarden/app/topology/detection-topology.txt");
  private static final String DETECTION = "inferwarden-detection";
  private static final String COLLECTOR = "inferwarden-collector";
  private static final String DISPATCHER = "inferwarden-dispatcher";
  private static final String OPERATOR = "inferwarden-operator";

  @Test
  void detectionReadsAndWritesWhatItsTopologySays() throws IOException {
    String topology = Files.readString(TOPOLOGY);
    Set<String> written = names(topology, "\\(topic: ([^)]*)\\)");
    written.add(Topics.POLICIES); // at the start, from the configuration

    assertThat(topics(DETECTION, "literal", "Read"))
        .isEqualTo(names(topology, "\\(topics: \\[([^]]*)]\\)"));
    assertThat(topics(DETECTION, "literal", "Write")).isEqualTo(written);
    assertThat(topics(DETECTION, "prefix", "Create")).containsExactly("inferwarden-");
  }

  private static Set<String> names(String topology, String pattern) {
    Set<String> names = new TreeSet<>();
    Matcher found = Pattern.compile(pattern).matcher(topology);
    while (found.find()) {
      names.addAll(Set.of(found.group(1).split(", ")));
    }
    return names;
  }

  @Test
  void theCollectorWritesWhatComesInAndReadsNothingElse() {
    assertThat(topics(COLLECTOR, "literal", "Write"))
        .containsExactlyInAnyOrder(
            Topics.INFERENCE_EVENTS,
            Topics.INFERENCE_AUDIT,
            Topics.INFERENCE_TEXT,
            Topics.DEPLOYMENTS,
            Topics.FEEDBACK,
            Topics.DEAD_LETTER_EVENTS);
    assertThat(topics(COLLECTOR, "literal", "Read"))
        .containsExactlyInAnyOrder(Topics.INFERENCE_EVENTS, Topics.INFERENCE_AUDIT);
  }

  @Test
  void theDispatcherSeesNoEvents() {
    assertThat(topics(DISPATCHER, "literal", "Read"))
        .contains(Topics.NOTIFICATIONS, Topics.INCIDENT_BOOK)
        .doesNotContain(Topics.INFERENCE_EVENTS, Topics.FINDINGS, Topics.INFERENCE_AUDIT);
    assertThat(topics(DISPATCHER, "literal", "Write"))
        .containsExactlyInAnyOrder(
            Topics.DELIVERIES,
            Topics.DEAD_LETTER_NOTIFICATIONS,
            Topics.INCIDENT_ACTIONS,
            Topics.SILENCES,
            Topics.NOTIFICATIONS);
  }

  @Test
  void operatorsWriteBaselinesAndSeeNoTexts() {
    assertThat(topics(OPERATOR, "literal", "Write")).containsExactly(Topics.BASELINES);
    assertThat(topics(OPERATOR, "literal", "Read")).doesNotContain(Topics.INFERENCE_TEXT);
    assertThat(topics(OPERATOR, "prefix", "Read")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {DETECTION, COLLECTOR, DISPATCHER})
  void whoLooksForMissingTopicsMaySeeThemAll(String user) {
    Set<String> names = new TreeSet<>();
    Topics.all(1, (short) 1).forEach(topic -> names.add(topic.name()));

    assertThat(topics(user, "literal", "Describe")).containsAll(names);
  }

  @Test
  void theSecretThatStrimziMakesForAUserIsOnlyUsedForItsCertificates() {
    Set<String> users = new TreeSet<>();
    Rendered.everything().ofKind("KafkaUser").forEach(user -> users.add(Rendered.name(user)));
    Set<String> others = new TreeSet<>();
    Rendered.everything()
        .ofKind("Deployment")
        .forEach(each -> others.addAll(each.findValuesAsText("secretName")));

    assertThat(others).isNotEmpty().doesNotContainAnyElementsOf(users);
  }

  @Test
  void nobodyMayEverything() {
    for (JsonNode user : Rendered.everything().ofKind("KafkaUser")) {
      assertThat(user.at("/spec/authentication/type").asText()).isEqualTo("tls");
      for (JsonNode acl : user.at("/spec/authorization/acls")) {
        assertThat(acl.path("operations").toString())
            .doesNotContain("\"All\"", "\"Alter\"", "\"AlterConfigs\"", "\"Delete\"");
        assertThat(acl.at("/resource/name").asText()).isNotIn("", "*");
        assertThat(acl.at("/resource/type").asText()).isNotEqualTo("cluster");
      }
    }
  }

  private static Set<String> topics(String user, String pattern, String operation) {
    Set<String> names = new TreeSet<>();
    for (JsonNode acl :
        Rendered.production().one("KafkaUser", user).at("/spec/authorization/acls")) {
      if (acl.at("/resource/type").asText().equals("topic")
          && acl.at("/resource/patternType").asText().equals(pattern)
          && acl.path("operations").toString().contains('"' + operation + '"')) {
        names.add(acl.at("/resource/name").asText());
      }
    }
    return names;
  }
}
