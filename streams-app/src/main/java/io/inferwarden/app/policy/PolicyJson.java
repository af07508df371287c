package io.inferwarden.app.policy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Writes a policy as JSON with the keys of the file format, always all of them and in one order.
 */
final class PolicyJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PolicyJson() {}

  static String write(Policy policy) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("version", Policy.FORMAT_VERSION);
    ObjectNode budget = root.putObject("budget");
    budget.put("falseIncidentsPerWeek", policy.budget().falseIncidentsPerWeek());
    Policy.Shares shares = policy.budget().shares();
    budget
        .putObject("shares")
        .put("principals", shares.principals())
        .put("models", shares.models())
        .put("silence", shares.silence())
        .put("fleet", shares.fleet())
        .put("campaigns", shares.campaigns());
    ObjectNode models = budget.putObject("weights").putObject("models");
    policy.budget().weights().byModel().forEach(models::put);
    root.put("learning", DurationText.format(policy.learning()));
    root.put("pane", DurationText.format(policy.pane()));
    root.put("lateness", DurationText.format(policy.lateness()));
    root.put("idleAfter", DurationText.format(policy.idleAfter()));
    root.put("quietPeriod", DurationText.format(policy.quietPeriod()));
    root.put("cooldown", DurationText.format(policy.cooldown()));
    root.putObject("dedup")
        .put("window", DurationText.format(policy.dedup().window()))
        .put("maximumIds", policy.dedup().maximumIds());
    root.put("tolerancePsi", policy.tolerancePsi());
    root.put("maximumPrincipals", policy.maximumPrincipals());
    ObjectNode kinds = root.putObject("kinds");
    policy
        .kinds()
        .byKind()
        .forEach(
            (kind, setting) ->
                kinds
                    .putObject(kind.code())
                    .put("weight", setting.weight())
                    .put("minimalSeverity", setting.minimalSeverity().code()));
    ArrayNode declared = root.putArray("declared");
    policy.declared().forEach(entry -> write(entry, declared.addObject()));
    ArrayNode registered = root.putArray("registered");
    policy
        .registered()
        .forEach(
            entry ->
                registered
                    .addObject()
                    .put("organisation", entry.organisation())
                    .put("reason", entry.reason()));
    return root.toString();
  }

  private static void write(DeclaredPrincipal entry, ObjectNode node) {
    node.put("principal", entry.principal())
        .put("role", entry.role().code())
        .put("owner", entry.owner());
    entry.until().ifPresent(until -> node.put("until", until.toString()));
    node.put("reason", entry.reason());
  }
}
