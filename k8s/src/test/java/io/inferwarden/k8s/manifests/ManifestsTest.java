package io.inferwarden.k8s.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyOverlayKeepsTheRules() {
    assertThat(PlatformRules.violations(Rendered.dev())).isEmpty();
    assertThat(PlatformRules.violations(Rendered.production())).isEmpty();
    assertThat(PlatformRules.violations(Rendered.everything())).isEmpty();
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("mistakes")
  void refusesAPlantedMistake(String object, String pointer, String value, String complaint)
      throws IOException {
    Rendered planted = Rendered.production().copy();
    String[] kindAndName = object.split("/", 2);
    JsonNode found = planted.one(kindAndName[0], kindAndName[1]);
    change(found, pointer, JSON.readTree(value));

    assertThat(PlatformRules.violations(planted)).anyMatch(each -> each.contains(complaint));
  }

  static Stream<Arguments> mistakes() {
    String set = "StatefulSet/inferwarden-detection";
    String deployment = "Deployment/inferwarden-dispatcher";
    String pod = "/spec/template/spec";
    String container = pod + "/containers/0";
    return Stream.of(
        arguments(set, pod + "/securityContext/runAsNonRoot", "false", "runAsNonRoot"),
        arguments(set, pod + "/securityContext/runAsUser", "0", "runAsUser"),
        arguments(set, pod + "/securityContext/fsGroup", "0", "fsGroup"),
        arguments(set, pod + "/securityContext/seccompProfile/type", "\"Unconfined\"", "seccomp"),
        arguments(set, pod + "/hostNetwork", "true", "hostNetwork"),
        arguments(set, pod + "/automountServiceAccountToken", "true", "automountService"),
        arguments(set, pod + "/serviceAccountName", "null", "service account of its own"),
        arguments(set, pod + "/serviceAccountName", "\"default\"", "account without a token"),
        arguments(set, pod + "/terminationGracePeriodSeconds", "30", "terminationGrace"),
        arguments(set, pod + "/topologySpreadConstraints", "[]", "spread over nodes"),
        arguments(set, pod + "/initContainers", "[{}]", "init containers"),
        arguments(deployment, pod + "/volumes/0", "{\"hostPath\":{}}", "of the kind hostPath"),
        arguments(deployment, pod + "/volumes/0", "{\"emptyDir\":{}}", "must have a sizeLimit"),
        arguments(
            deployment,
            pod + "/volumes/0",
            "{\"configMap\":{\"name\":\"inferwarden-config\"}}",
            "with a hash in its name"),
        arguments(deployment, container + "/securityContext/privileged", "true", "privileged"),
        arguments(
            deployment,
            container + "/securityContext/allowPrivilegeEscalation",
            "true",
            "allowPrivilegeEscalation"),
        arguments(
            deployment,
            container + "/securityContext/readOnlyRootFilesystem",
            "false",
            "readOnlyRootFilesystem"),
        arguments(
            deployment,
            container + "/securityContext/capabilities/drop",
            "[]",
            "capabilities.drop"),
        arguments(
            deployment,
            container + "/securityContext/capabilities/add",
            "[\"NET_ADMIN\"]",
            "capabilities.add"),
        arguments(
            deployment,
            container + "/terminationMessagePolicy",
            "\"File\"",
            "terminationMessagePolicy"),
        arguments(deployment, container + "/resources/limits", "{}", "must have a limit of memory"),
        arguments(
            deployment, container + "/resources/requests/memory", "\"1Mi\"", "as much memory"),
        arguments(
            deployment,
            container + "/image",
            "\"ghcr.io/inferwarden/inferwarden:latest\"",
            "image with a version"),
        arguments(deployment, container + "/ports/0/hostPort", "80", "hostPort"),
        arguments(deployment, container + "/livenessProbe", "{}", "livenessProbe must ask"),
        arguments(
            deployment,
            container + "/livenessProbe/httpGet/path",
            "\"/readyz\"",
            "livenessProbe must ask"),
        arguments(deployment, container + "/readinessProbe", "{}", "readinessProbe must ask"),
        arguments(deployment, container + "/startupProbe", "{}", "startupProbe must ask"),
        arguments(
            deployment,
            container + "/env",
            "[{\"name\":\"API_TOKEN\",\"value\":\"x\"}]",
            "API_TOKEN must come from a Secret"),
        arguments(deployment, container + "/volumeMounts", "[]", "volume at /tmp"),
        arguments(
            deployment,
            "/spec/template/metadata/labels",
            "{}",
            "label app.kubernetes.io/component"),
        arguments(
            "PodDisruptionBudget/inferwarden-detection",
            "/spec/maxUnavailable",
            "0",
            "disruption budget"),
        arguments(
            "ServiceAccount/inferwarden-detection",
            "/automountServiceAccountToken",
            "true",
            "account without a token"),
        arguments(
            "Service/inferwarden-collector",
            "/spec/ports/0/targetPort",
            "\"http\"",
            "must lead to a pod's port"),
        arguments(
            "Service/inferwarden-detection", "/spec/clusterIP", "\"10.0.0.1\"", "headless service"),
        arguments("ServiceAccount/inferwarden-detection", "/kind", "\"Namespace\"", "no namespace"),
        arguments("Service/inferwarden-collector", "/metadata/namespace", "\"x\"", "namespace"),
        arguments("NetworkPolicy/default-deny", "/spec/egress", "[{}]", "denies everything"),
        arguments(
            "NetworkPolicy/default-deny",
            "/spec/policyTypes",
            "[\"Ingress\"]",
            "denies everything"),
        arguments("NetworkPolicy/inferwarden-names", "/spec/egress", "[]", "ask for names"),
        arguments("NetworkPolicy/inferwarden-kafka", "/spec/egress", "[]", "reach Kafka"),
        arguments("NetworkPolicy/inferwarden-scrape", "/spec/ingress", "[{}]", "may come in"),
        arguments(
            "NetworkPolicy/inferwarden-scrape",
            "/spec/ingress/0/from/0/namespaceSelector",
            "{}",
            "may come in"),
        arguments("NetworkPolicy/inferwarden-sinks", "/spec/egress/0/ports", "[]", "may go"),
        arguments(
            "NetworkPolicy/inferwarden-sinks",
            "/spec/egress/0/to/0/ipBlock/except",
            "[]",
            "169.254.0.0/16"),
        arguments(
            "ServiceMonitor/inferwarden",
            "/spec/endpoints/0/port",
            "\"metrics\"",
            "ServiceMonitor must scrape"),
        arguments(
            "ConfigMap/inferwarden-dashboard-model",
            "/data",
            "{\"a\":\"secret: whsec_MfKQ9r8G\"}",
            "must not hold a secret"),
        arguments("ConfigMap/inferwarden-dashboard-model", "/kind", "\"Secret\"", "no Secret"));
  }

  private static void change(JsonNode object, String pointer, JsonNode value) {
    int last = pointer.lastIndexOf('/');
    JsonNode parent = object.at(pointer.substring(0, last));
    String key = pointer.substring(last + 1);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(key), value);
    } else {
      ((ObjectNode) parent).set(key, value);
    }
  }

  @Test
  void theNamespaceEnforcesTheRestrictedProfile() throws IOException {
    JsonNode namespace = new YAMLMapper().readTree(Path.of("base", "namespace.yaml").toFile());

    assertThat(Rendered.name(namespace)).isEqualTo("inferwarden");
    assertThat(namespace.at("/metadata/labels").path("pod-security.kubernetes.io/enforce").asText())
        .isEqualTo("restricted");
  }

  @Test
  void thePodOfOperatorsIsAsSafeAsThoseOfThePlatform() {
    Rendered operator = Rendered.operator();
    List<JsonNode> everything = new ArrayList<>(Rendered.production().objects());
    everything.addAll(operator.objects());

    assertThat(operator.ofKind("Deployment"))
        .singleElement()
        .satisfies(
            deployment -> {
              assertThat(PodRules.securityViolations(deployment)).isEmpty();
              assertThat(deployment.at("/spec/template/metadata/labels"))
                  .isEqualTo(deployment.at("/spec/selector/matchLabels"));
            });
    assertThat(operator.ofKind("NetworkPolicy")).hasSize(2);
    assertThat(PlatformRules.policyViolations(operator)).isEmpty();
    assertThat(everything)
        .extracting(object -> Rendered.kind(object) + "/" + Rendered.name(object))
        .doesNotHaveDuplicates();
  }

  @Test
  void noFileHoldsASecret() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("base", "components", "operate", "overlays")) {
      try (Stream<Path> found = Files.walk(Path.of(folder))) {
        found.filter(Files::isRegularFile).forEach(files::add);
      }
    }

    assertThat(files).hasSizeGreaterThan(15);
    for (Path file : files) {
      String text = Files.readString(file);
      assertThat(PlatformRules.holdsSecret(text)).as(file.toString()).isFalse();
      assertThat(text).as(file.toString()).doesNotContainPattern("(?m)^kind: Secret");
    }
  }

  @Test
  void theRulesOfPrometheusAreThoseOfTheFolder() throws IOException {
    Path here = Path.of("");
    Path file = PrometheusRuleFile.fileIn(here);
    if (System.getProperty("inferwarden.golden", "").equals("write")) {
      Files.writeString(file, PrometheusRuleFile.text(here));
    }

    assertThat(file).hasContent(PrometheusRuleFile.text(here));
  }
}
