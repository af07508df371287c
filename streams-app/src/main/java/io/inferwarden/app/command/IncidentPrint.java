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
    answer.path("deliveries").forEach(delivery -> out.println("  told: " + told(delivery)));
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
        + ": "
        + DeliveryLine.outcome(delivery);
  }
}
