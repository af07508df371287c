package io.inferwarden.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.feed.IncidentText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** An incident of the API in full, for people: what it is, what was done, and who was told. */
final class IncidentPrint {
  private IncidentPrint() {}

  static void print(PrintWriter out, JsonNode answer, boolean asJson) throws IOException {
    if (asJson) {
      out.println(answer.toPrettyString());
      return;
    }
    Incident incident;
    try {
      incident = IncidentJson.fromTree(answer.path("incident"));
    } catch (IllegalArgumentException e) {
      throw new IOException("the server's incident cannot be read: " + e.getMessage(), e);
    }
    IncidentText.of(incident).lines().forEach(out::println);
    out.println("  state: " + incident.state().code());
    Acknowledgement acknowledgement = incident.handling().acknowledgement();
    if (acknowledgement != null) {
      printWho(
          out,
          "acknowledged",
          acknowledgement.by(),
          acknowledgement.atMillis(),
          acknowledgement.note());
    }
    Judgement judgement = incident.handling().judgement();
    if (judgement != null) {
      printWho(
          out,
          "judged " + judgement.verdict().code(),
          judgement.by(),
          judgement.atMillis(),
          judgement.note());
    }
    printDeliveries(out, answer.path("deliveries"));
  }

  /** The latest word to each sink, after all that it did not take or has not taken yet. */
  private static void printDeliveries(PrintWriter out, JsonNode deliveries) {
    Map<String, JsonNode> latest = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (JsonNode delivery : deliveries) {
      String sink = delivery.path("sink").asText();
      JsonNode before = latest.put(sink, delivery);
      if (before != null && !isTaken(before)) {
        out.println("  told: " + told(before));
      }
      counts.merge(sink, 1, Integer::sum);
    }
    latest.forEach(
        (sink, delivery) -> {
          int earlier = counts.getOrDefault(sink, 1) - 1;
          out.println(
              "  told: " + told(delivery) + (earlier == 0 ? "" : ", after " + earlier + " before"));
        });
  }

  private static boolean isTaken(JsonNode delivery) {
    String outcome = delivery.path("outcome").asText();
    return outcome.equals("delivered") || outcome.equals("folded");
  }

  private static void printWho(
      PrintWriter out, String what, String by, long atMillis, String note) {
    String words = note.isEmpty() ? "" : ": " + Terminal.line(note);
    out.println(
        "  " + what + " by " + Terminal.line(by) + " at " + JsonFields.isoTime(atMillis) + words);
  }

  private static String told(JsonNode delivery) {
    return Terminal.text(delivery, "sink")
        + ", "
        + Terminal.text(delivery, "change")
        + ", revision "
        + delivery.path("revision").asText()
        + ": "
        + DeliveryLine.outcome(delivery);
  }
}
