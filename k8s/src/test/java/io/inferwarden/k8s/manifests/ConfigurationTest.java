package io.inferwarden.k8s.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.app.InferwardenApp;
import io.inferwarden.app.policy.RunConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.tls.HeldCertificate;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigurationTest {
  private static final Pattern SECRET_FILE = Pattern.compile("/run/secrets/[a-z]+/[a-z.-]+");

  @TempDir private Path folder;

  @Test
  void bothConfigurationsSpeakOfTheSameKafka() throws IOException {
    for (Rendered rendered : List.of(Rendered.dev(), Rendered.production())) {
      RunConfig.Kafka platform = Configurations.platform(rendered).kafka();
      RunConfig.Kafka collector = Configurations.collector(rendered).kafka();

      assertThat(collector.bootstrapServers()).isEqualTo(platform.bootstrapServers());
      assertThat(collector.applicationId()).isEqualTo(platform.applicationId());
      assertThat(collector.partitions()).isEqualTo(platform.partitions());
      assertThat(collector.replication()).isEqualTo(platform.replication());
      Map<String, String> shared = new HashMap<>(platform.properties());
      shared.remove("topic.min.insync.replicas");
      assertThat(collector.properties()).isEqualTo(shared);
    }
  }

  @Test
  void commandsSpeakOfTheSameKafka() throws IOException {
    RunConfig.Kafka collector = Configurations.collector(Rendered.production()).kafka();
    Properties kafkasOwn = new Properties();
    kafkasOwn.load(
        new StringReader(
            Rendered.operator().configuration("inferwarden-operator-config", "kafka.properties")));
    Map<String, String> expected = new HashMap<>(collector.properties());
    expected.put("bootstrap.servers", collector.bootstrapServers());

    assertThat(Configurations.operator().kafka()).isEqualTo(collector);
    assertThat(kafkasOwn).isEqualTo(expected);
  }

  @Test
  void detectionKeepsACopyAndTakesNoEventsItself() throws IOException {
    RunConfig production = Configurations.platform(Rendered.production());

    assertThat(production.instance().standbyReplicas()).isEqualTo(1);
    assertThat(production.instance().id()).isEmpty();
    assertThat(production.intake().takesEvents()).isFalse();
    assertThat(Configurations.platform(Rendered.dev()).instance().standbyReplicas()).isZero();
  }

  @Test
  void portsAndFoldersAreThoseOfThePods() throws IOException {
    for (Rendered rendered : List.of(Rendered.dev(), Rendered.production())) {
      RunConfig platform = Configurations.platform(rendered);
      RunConfig collector = Configurations.collector(rendered);
      JsonNode detection = container(rendered, "StatefulSet", "inferwarden-detection");

      assertThat(platform.operations().host()).isEqualTo("0.0.0.0");
      assertThat(detection.at("/ports/0/containerPort").asInt())
          .isEqualTo(platform.operations().port());
      assertThat(detection.path("volumeMounts").findValuesAsText("mountPath"))
          .contains(platform.instance().stateFolder().toString());
      assertThat(platform.incidents().file()).as("nothing rotates it in a pod").isEmpty();
      assertThat(
              container(rendered, "Deployment", "inferwarden-collector")
                  .at("/ports/0/containerPort")
                  .asInt())
          .isEqualTo(collector.intake().collector().orElseThrow().port());
    }
  }

  @Test
  void everySecretFileIsMountedWhereItIsRead() {
    Rendered rendered = Rendered.production();
    String platform = rendered.configuration("inferwarden-config", "inferwarden.yaml");
    String collector = rendered.configuration("inferwarden-collector-config", "collector.yaml");

    assertThat(mountedSecrets(rendered, "inferwarden-collector"))
        .containsAll(foldersOf(filesIn(collector)));
    assertThat(mountedSecrets(rendered, "inferwarden-dispatcher"))
        .containsAll(foldersOf(filesIn(platform)));
    assertThat(filesIn(collector)).hasSize(2);
    assertThat(filesIn(platform)).hasSize(2);
  }

  private static Set<String> filesIn(String configuration) {
    Set<String> files = new HashSet<>();
    Matcher found = SECRET_FILE.matcher(configuration);
    while (found.find()) {
      files.add(found.group());
    }
    return files;
  }

  private static Set<String> foldersOf(Set<String> files) {
    Set<String> folders = new HashSet<>();
    files.forEach(file -> folders.add(file.substring(0, file.lastIndexOf('/'))));
    return folders;
  }

  private static Set<String> mountedSecrets(Rendered rendered, String deployment) {
    JsonNode pod = rendered.one("Deployment", deployment).at("/spec/template/spec");
    Map<String, String> mounts = new HashMap<>();
    pod.at("/containers/0/volumeMounts")
        .forEach(
            mount -> mounts.put(mount.path("name").asText(), mount.path("mountPath").asText()));
    Set<String> folders = new HashSet<>();
    for (JsonNode volume : pod.path("volumes")) {
      if (volume.has("secret")) {
        folders.add(mounts.get(volume.path("name").asText()));
      }
    }
    return folders;
  }

  @Test
  void everyPodIsStartedWithACommandThatThereIs() {
    Rendered rendered = Rendered.production();
    List<JsonNode> workloads = new ArrayList<>(rendered.ofKind("StatefulSet"));
    workloads.addAll(rendered.ofKind("Deployment"));
    CommandLine commands =
        InferwardenApp.commandLine(
            new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));

    for (JsonNode workload : workloads) {
      List<String> arguments = new ArrayList<>();
      workload
          .at("/spec/template/spec/containers/0/args")
          .forEach(argument -> arguments.add(argument.asText()));
      CommandLine.ParseResult parsed =
          commands.parseArgs(arguments.toArray(String[]::new)).subcommand();
      assertThat(parsed.unmatched()).isEmpty();
      assertThat(parsed.matchedOptionValue("--config", Path.of("")).toString())
          .isIn("/etc/inferwarden/inferwarden.yaml", "/etc/inferwarden/collector.yaml");
    }
  }

  @Test
  void kafkaClientsTakeTheCertificatesFromTheMountedFiles() throws IOException {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    HeldCertificate user = new HeldCertificate.Builder().signedBy(authority).build();
    Files.writeString(folder.resolve("ca.crt"), authority.certificatePem());
    Files.writeString(folder.resolve("user.crt"), user.certificatePem());
    Files.writeString(folder.resolve("user.key"), user.privateKeyPkcs8Pem());
    Map<String, Object> properties = new HashMap<>();
    Configurations.platform(Rendered.production())
        .kafka()
        .properties()
        .forEach(
            (key, value) ->
                properties.put(key, value.replace("/run/secrets/kafka", folder.toString())));
    properties.put("bootstrap.servers", "127.0.0.1:1");

    try (Admin client = Admin.create(properties)) {
      assertThat(client).isNotNull();
    }

    Files.delete(folder.resolve("user.key"));
    assertThat(catchThrowable(() -> Admin.create(properties))).isNotNull();
  }

  @Test
  void aCollectorWithACertificateIsAskedOverHttps() {
    Rendered rendered = Rendered.everything();
    JsonNode collector = container(rendered, "Deployment", "inferwarden-collector");

    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(collector.path(probe).at("/httpGet/scheme").asText()).isEqualTo("HTTPS");
      assertThat(collector.path(probe).at("/httpGet/path").asText()).isNotEmpty();
    }
    assertThat(mountedSecrets(rendered, "inferwarden-collector")).contains("/run/secrets/tls");
    for (JsonNode scraped : rendered.one("ServiceMonitor", "inferwarden").at("/spec/endpoints")) {
      boolean isCollector = scraped.path("port").asText().equals("collector");
      assertThat(scraped.path("scheme").asText("http")).isEqualTo(isCollector ? "https" : "http");
    }
  }

  private static JsonNode container(Rendered rendered, String kind, String name) {
    return rendered.one(kind, name).at("/spec/template/spec/containers/0");
  }
}
