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
        .put("fleet", shares.fleet());
    ObjectNode models = budget.putObject("weights").putObject("models");
    policy.budget().weights().byModel().forEach(models::put);
    root.put("learning", DurationText.format(policy.learning()));
    root.put("pane", DurationText.format(policy.pane()));
    root.put("lateness", DurationText.format(policy.lateness()));
    root.put("idleAfter", DurationText.format(policy.idleAfter()));
    root.put("quietPeriod", DurationText.format(policy.quietPeriod()));
    root.putObject("dedup")
        .put("window", DurationText.format(policy.dedup().window()))
        .put("maximumIds", policy.dedup().maximumIds());
    root.put("tolerancePsi", policy.tolerancePsi());
    ArrayNode declared = root.putArray("declared");
    for (Policy.DeclaredPrincipal entry : policy.declared()) {
      declared
          .addObject()
          .put("principal", entry.principal())
          .put("as", entry.as())
          .put("reason", entry.reason());
    }
    return root.toString();
  }
}
