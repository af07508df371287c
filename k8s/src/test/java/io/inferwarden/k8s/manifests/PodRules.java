package io.inferwarden.k8s.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a pod of the platform must fulfil: the profile "restricted" of Kubernetes' pod security
 * standards, and what this project asks for beyond it.
 */
final class PodRules {
  private static final Set<String> VOLUMES =
      Set.of("configMap", "emptyDir", "persistentVolumeClaim", "projected", "secret");
  private static final Map<String, Set<String>> PROBES =
      Map.of(
          "startupProbe", Set.of("/startupz", "/healthz"),
          "livenessProbe", Set.of("/healthz"),
          "readinessProbe", Set.of("/readyz"));

  /** Closing the streams takes up to 30 s, closing the workers of sinks up to 20 s. */
  private static final int CLOSE_SECONDS = 50;

  private final String where;
  private final JsonNode template;
  private final JsonNode pod;
  private final List<String> violations = new ArrayList<>();

  private PodRules(JsonNode workload) {
    this.where = Rendered.kind(workload) + " " + Rendered.name(workload) + ": ";
    this.template = workload.at("/spec/template");
    this.pod = template.path("spec");
  }

  static List<String> violations(JsonNode workload) {
    PodRules rules = new PodRules(workload);
    rules.checkPod();
    rules.checkSpread(workload);
    rules.checkVolumes();
    rules.require(rules.pod.path("initContainers").isMissingNode(), "has init containers");
    rules.require(rules.pod.path("containers").size() == 1, "must have one container");
    rules.pod.path("containers").forEach(rules::checkContainer);
    return rules.violations;
  }

  /** What a pod must fulfil that is no part of the platform, but may as much as one. */
  static List<String> securityViolations(JsonNode workload) {
    PodRules rules = new PodRules(workload);
    rules.checkSecurity();
    rules.checkVolumes();
    for (JsonNode container : rules.pod.path("containers")) {
      rules.checkSecurity(container);
      rules.checkLastWords(container);
      rules.checkResources(container.path("resources"));
      rules.checkEnvironment(container.path("env"));
    }
    return rules.violations;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      violations.add(where + otherwise);
    }
  }

  private void checkPod() {
    checkSecurity();
    require(
        pod.path("terminationGracePeriodSeconds").asInt() > CLOSE_SECONDS,
        "terminationGracePeriodSeconds must be > " + CLOSE_SECONDS);
    for (String label : List.of("name", "instance", "component", "part-of", "managed-by")) {
      require(
          template.at("/metadata/labels").has("app.kubernetes.io/" + label),
          "must have the label app.kubernetes.io/" + label);
    }
  }

  private void checkSecurity() {
    JsonNode security = pod.path("securityContext");
    require(security.path("runAsNonRoot").asBoolean(), "runAsNonRoot must be true");
    require(security.path("runAsUser").asInt() == 65532, "runAsUser must be 65532");
    require(security.path("fsGroup").asInt() == 65532, "fsGroup must be 65532");
    require(
        security.at("/seccompProfile/type").asText().equals("RuntimeDefault"),
        "seccompProfile must be RuntimeDefault");
    for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
      require(!pod.path(shared).asBoolean(), shared + " must not be set");
    }
    require(
        pod.path("automountServiceAccountToken").isBoolean()
            && !pod.path("automountServiceAccountToken").asBoolean(),
        "automountServiceAccountToken must be false");
    require(pod.path("serviceAccountName").isTextual(), "must have a service account of its own");
  }

  private void checkSpread(JsonNode workload) {
    boolean isSpread = false;
    for (JsonNode constraint : pod.path("topologySpreadConstraints")) {
      isSpread |=
          constraint.path("topologyKey").asText().equals("kubernetes.io/hostname")
              && constraint.path("labelSelector").equals(workload.at("/spec/selector"));
    }
    require(isSpread, "must be spread over nodes");
  }

  private void checkVolumes() {
    for (JsonNode volume : pod.path("volumes")) {
      volume
          .fieldNames()
          .forEachRemaining(
              kind ->
                  require(
                      kind.equals("name") || VOLUMES.contains(kind),
                      "must not have a volume of the kind " + kind));
      require(
          !volume.has("emptyDir") || volume.at("/emptyDir/sizeLimit").isTextual(),
          "emptyDir " + volume.path("name").asText() + " must have a sizeLimit");
    }
  }

  private void checkContainer(JsonNode container) {
    checkSecurity(container);
    checkLastWords(container);
    checkResources(container.path("resources"));
    checkImage(container.path("image").asText());
    checkPorts(container);
    checkEnvironment(container.path("env"));
  }

  private void checkSecurity(JsonNode container) {
    JsonNode security = container.path("securityContext");
    require(
        security.path("allowPrivilegeEscalation").isBoolean()
            && !security.path("allowPrivilegeEscalation").asBoolean(),
        "allowPrivilegeEscalation must be false");
    require(
        security.path("readOnlyRootFilesystem").asBoolean(), "readOnlyRootFilesystem must be true");
    require(!security.path("privileged").asBoolean(), "privileged must not be set");
    require(
        security.at("/capabilities/drop").toString().equals("[\"ALL\"]"),
        "capabilities.drop must be ALL");
    require(security.at("/capabilities/add").isMissingNode(), "capabilities.add must not be set");
    boolean isScratch = false;
    for (JsonNode mount : container.path("volumeMounts")) {
      isScratch |= mount.path("mountPath").asText().equals("/tmp");
    }
    require(isScratch, "must have a volume at /tmp");
  }

  /** Why a container ended is its last line: "describe pod" is to show it. */
  private void checkLastWords(JsonNode container) {
    require(
        container.path("terminationMessagePolicy").asText().equals("FallbackToLogsOnError"),
        "terminationMessagePolicy must be FallbackToLogsOnError");
  }

  private void checkResources(JsonNode resources) {
    for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
      require(resources.path("requests").has(resource), "must request " + resource);
      require(resources.path("limits").has(resource), "must have a limit of " + resource);
    }
    require(
        resources.at("/requests/memory").equals(resources.at("/limits/memory")),
        "must request as much memory as its limit");
  }

  private void checkImage(String image) {
    require(
        image.matches("ghcr\\.io/inferwarden/inferwarden(:\\d[\\w.-]*|@sha256:[0-9a-f]{64})"),
        "must have an image with a version, has " + image);
  }

  private void checkPorts(JsonNode container) {
    Set<String> ports = new HashSet<>();
    for (JsonNode port : container.path("ports")) {
      require(!port.has("hostPort"), "hostPort must not be set");
      ports.add(port.path("name").asText());
    }
    PROBES.forEach(
        (name, paths) -> {
          JsonNode probe = container.path(name).path("httpGet");
          require(
              paths.contains(probe.path("path").asText())
                  && ports.contains(probe.path("port").asText()),
              name + " must ask " + paths + " at a port that the container names");
        });
    require(
        container.at("/startupProbe/failureThreshold").asInt()
                * container.at("/startupProbe/periodSeconds").asInt()
            >= 120,
        "startupProbe must allow for two minutes");
  }

  private void checkEnvironment(JsonNode environment) {
    for (JsonNode variable : environment) {
      String name = variable.path("name").asText();
      require(
          !name.matches(".*(KEY|PASSWORD|SECRET|TOKEN|URL).*") || !variable.has("value"),
          name + " must come from a Secret");
    }
  }
}
