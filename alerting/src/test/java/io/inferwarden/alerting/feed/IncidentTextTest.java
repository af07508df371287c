package io.inferwarden.alerting.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentState;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentTextTest {
  @Test
  void readsAsAHeadlineReasonsAndWhatToDo() {
    Incident incident = Examples.incident("principal:k9", 1);

    assertThat(IncidentText.of(incident))
        .isEqualTo(
            String.join(
                "\n",
                "HIGH  extraction  principal k9 on fraud-scorer",
                "  id " + incident.id(),
                "  since 2026-03-02 14:01 UTC, 1 minute before the alarm, after 41 queries",
                "  - probing: 41 % of its queries had in the most extreme 1 %, where 1 % are",
                "    usual; carries 63 % of the evidence",
                "  Look at who owns the account and whether this use was agreed; if not, limit",
                "  its rate or revoke its key.",
                "  runbook: docs/runbooks/extraction.md"));
  }

  @Test
  void saysWhenItIsOverAndWhichRevision() {
    Incident resolved =
        Examples.incident("model:fraud-scorer", 4, IncidentState.RESOLVED, List.of());

    assertThat(IncidentText.of(resolved))
        .startsWith("RESOLVED  extraction  model fraud-scorer\n  id inc_")
        .contains(", revision 4\n  since 2026-03-02 14:01 UTC, 1 minute before the alarm, after");
  }

  @Test
  void showsWhatATerminalWouldObeyAsCodePoints() {
    Evidence hostile = Evidence.ofPrincipal("a\u001b[2Jge\r\nfake", 1, "\u202eover", 0.1, 0.2);
    Incident incident =
        Examples.incident(
            "principal:\u001b]0;x\u0007\u009b", 1, IncidentState.OPEN, List.of(hostile));

    String text = IncidentText.of(incident);

    assertThat(text.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    assertThat(text)
        .contains("principal \\u{1b}]0;x\\u{7}\\u{9b} on")
        .contains("- a\\u{1b}[2Jge\\u{d}\\u{a}fake: 20 % of its queries had \\u{202e}over");
    assertThat(text.lines()).hasSize(8);
  }

  @Test
  void cutsLongNamesAndCountsTheWeakerReasons() {
    Incident incident =
        Examples.incident(
            "principal:" + "n".repeat(500),
            1,
            IncidentState.OPEN,
            Collections.nCopies(8, Evidence.ofPrincipal("gap", 0.1, "a short gap", 0.1, 0.2)));

    String text = IncidentText.of(incident);

    assertThat(text).contains("nnnnn… on fraud-scorer\n").contains("and 3 weaker reasons");
  }
}
