package io.inferwarden.k8s.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What all objects together must fulfil. */
final class PlatformRules {
  private static final Pattern SECRET =
      Pattern.compile(
          "-----BEGIN|whsec_\\w|whsk_\\w|xox[abprs]-\\w|AKIA[0-9A-Z]{16}|hooks\\.slack\\.com/services/T"
              + "|(?i:password|passwd)\\s*[:=]\\s*[\"']?[^\\s\"'$]{6,}|eyJ[\\w-]{20,}\\.");

  private final Rendered rendered;
  private final List<JsonNode> workloads;
  private final List<String> violations = new ArrayList<>();

  private PlatformRules(Rendered rendered) {
    this.rendered = rendered;
    this.workloads =
        Stream.concat(
                rendered.ofKind("StatefulSet").stream(), rendered.ofKind("Deployment").stream())
            .toList();
  }

  static List<String> violations(Rendered rendered) {
    PlatformRules rules = new PlatformRules(rendered);
    rules.require(rules.workloads.size() == 3, "there must be three workloads");
    rules.workloads.forEach(workload -> rules.violations.addAll(PodRules.violations(workload)));
    rules.workloads.forEach(rules::checkWorkload);
    rules.checkNamespace();
    rules.checkServices();
    rules.checkDenied();
    rendered.ofKind("NetworkPolicy").forEach(rules::checkPolicy);
    rules.checkSecrets();
    return rules.violations;
  }

  /** What is wrong with the network policies alone. */
  static List<String> policyViolations(Rendered rendered) {
    PlatformRules rules = new PlatformRules(rendered);
    rendered.ofKind("NetworkPolicy").forEach(rules::checkPolicy);
    rules.checkSecrets();
    return rules.violations;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      violations.add(otherwise);
    }
  }

  private void checkWorkload(JsonNode workload) {
    String where = Rendered.kind(workload) + " " + Rendered.name(workload) + ": ";
    JsonNode labels = workload.at("/spec/template/metadata/labels");
    require(
        rendered.ofKind("PodDisruptionBudget").stream()
            .anyMatch(
                budget ->
                    selects(budget.at("/spec/selector/matchLabels"), labels)
                        && budget.at("/spec/maxUnavailable").asInt() == 1),
        where + "must have a disruption budget with maxUnavailable 1");
    String account = workload.at("/spec/template/spec/serviceAccountName").asText();
    require(
        rendered.ofKind("ServiceAccount").stream()
            .anyMatch(
                each ->
                    Rendered.name(each).equals(account)
                        && !each.path("automountServiceAccountToken").asBoolean(true)),
        where + "must have a service account without a token");
    require(
        selects(workload.at("/spec/selector/matchLabels"), labels),
        where + "must select its own pods");
    for (JsonNode volume : workload.at("/spec/template/spec/volumes")) {
      JsonNode name = volume.at("/configMap/name");
      require(
          name.isMissingNode()
              || (name.asText().matches(".*-[a-z0-9]{10}")
                  && rendered.ofKind("ConfigMap").stream()
                      .anyMatch(map -> Rendered.name(map).equals(name.asText()))),
          where + "must use a ConfigMap with a hash in its name, uses " + name.asText());
    }
    require(allowsOut(labels, "53"), where + "must be allowed to ask for names");
    require(
        allowsOut(labels, "9092") || allowsOut(labels, "9093"),
        where + "must be allowed to reach Kafka");
  }

  private static boolean selects(JsonNode selector, JsonNode labels) {
    if (!selector.isObject() || selector.isEmpty()) {
      return false;
    }
    for (var field : selector.properties()) {
      if (!field.getValue().equals(labels.path(field.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private boolean allowsOut(JsonNode labels, String port) {
    return rendered.ofKind("NetworkPolicy").stream()
        .filter(policy -> selects(policy.at("/spec/podSelector/matchLabels"), labels))
        .flatMap(policy -> policy.at("/spec/egress").findValues("port").stream())
        .anyMatch(found -> found.asText().equals(port));
  }

  private void checkNamespace() {
    require(
        rendered.ofKind("Namespace").isEmpty(),
        "there must be no namespace: with it, everything in it would be deleted");
    for (JsonNode object : rendered.objects()) {
      require(
          object.at("/metadata/namespace").asText().equals("inferwarden"),
          Rendered.kind(object) + " " + Rendered.name(object) + ": must be in the namespace");
    }
  }

  private void checkServices() {
    Set<String> ports = new HashSet<>();
    for (JsonNode service : rendered.ofKind("Service")) {
      boolean leadsSomewhere = false;
      for (JsonNode workload : workloads) {
        JsonNode labels = workload.at("/spec/template/metadata/labels");
        leadsSomewhere |=
            selects(service.at("/spec/selector"), labels)
                && workload
                    .at("/spec/template/spec/containers/0/ports/0/name")
                    .equals(service.at("/spec/ports/0/targetPort"));
      }
      require(leadsSomewhere, "Service " + Rendered.name(service) + ": must lead to a pod's port");
      ports.add(service.at("/spec/ports/0/name").asText());
    }
    for (JsonNode monitor : rendered.ofKind("ServiceMonitor")) {
      Set<String> scraped = new HashSet<>(monitor.at("/spec/endpoints").findValuesAsText("port"));
      require(scraped.equals(ports), "ServiceMonitor must scrape " + ports + ", was " + scraped);
    }
    for (JsonNode set : rendered.ofKind("StatefulSet")) {
      require(
          rendered.ofKind("Service").stream()
              .anyMatch(
                  service ->
                      service.at("/spec/clusterIP").asText().equals("None")
                          && Rendered.name(service).equals(set.at("/spec/serviceName").asText())),
          "StatefulSet " + Rendered.name(set) + ": must have a headless service");
    }
  }

  private void checkDenied() {
    require(
        rendered.ofKind("NetworkPolicy").stream()
            .map(policy -> policy.path("spec"))
            .anyMatch(
                spec ->
                    spec.path("podSelector").isObject()
                        && spec.path("podSelector").isEmpty()
                        && spec.path("policyTypes").toString().equals("[\"Ingress\",\"Egress\"]")
                        && !spec.has("ingress")
                        && !spec.has("egress")),
        "there must be a policy that denies everything to every pod");
  }

  private void checkPolicy(JsonNode policy) {
    String where = "NetworkPolicy " + Rendered.name(policy) + ": ";
    JsonNode spec = policy.path("spec");
    boolean isOfStrimzi = spec.at("/podSelector/matchLabels").has("strimzi.io/cluster");
    for (JsonNode rule : spec.path("ingress")) {
      require(isNarrow(rule, "from"), where + "must say who may come in, and where");
    }
    for (JsonNode rule : spec.path("egress")) {
      require(
          isOfStrimzi || isNarrow(rule, "to"),
          where + "must say where it may go, and to what port");
      for (JsonNode to : rule.path("to")) {
        boolean isWide = to.at("/ipBlock/cidr").asText().endsWith("/0");
        require(
            !isWide || to.at("/ipBlock/except").toString().contains("\"169.254.0.0/16\""),
            where + "must not reach 169.254.0.0/16");
      }
    }
  }

  private static boolean isNarrow(JsonNode rule, String peers) {
    if (rule.path(peers).isEmpty() || rule.path("ports").isEmpty()) {
      return false;
    }
    for (JsonNode peer : rule.path(peers)) {
      for (JsonNode selector : peer) {
        if (selector.isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  private void checkSecrets() {
    require(rendered.ofKind("Secret").isEmpty(), "there must be no Secret in any file");
    rendered
        .ofKind("ConfigMap")
        .forEach(
            map ->
                require(
                    !holdsSecret(map.path("data").toString()),
                    "ConfigMap " + Rendered.name(map) + ": must not hold a secret"));
  }

  /** Whether a text looks as if it held one: by how the keys of the receivers look. */
  static boolean holdsSecret(String text) {
    return SECRET.matcher(text).find();
  }
}
