package io.inferwarden.alerting.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
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
                "  its rate or revoke its key, and estimate from the answers given since the",
                "  onset how far a copy may have got.",
                "  runbook: docs/runbooks/extraction.md"));
  }

  @Test
  void showsHowSureSinceWhenAndWhatWasBefore() {
    Incident incident =
        Examples.opened(Examples.drift(IncidentKind.INPUT_DRIFT, "7", Examples.AT, 2.8));

    assertThat(IncidentText.of(incident))
        .isEqualTo(
            String.join(
                "\n",
                "HIGH  input_drift  model fraud-scorer",
                "  id " + incident.id(),
                "  since 2026-03-02 12:32 UTC, 1.5 hours before the alarm, after 4,100 queries",
                "  chance alone would do this once in 3.2 years",
                "  - age: 31 % of inputs in 44 to 52, where 12 % are usual; median 41 -> 47.1",
                "    (+6.1); total variation 0.24; carries 63 % of the evidence",
                "  - gap: 20 % of its queries had a short gap, where 10 % are usual; carries",
                "    10 % of the evidence",
                "    age                      usual     now  = both  + more now  - less now",
                "    below 17 (never seen)    0.0 %   5.0 %  ++",
                "    17 to 44                  86 %    62 %  ======================--------",
                "    44 to 52                  12 %    31 %  ====+++++++",
                "    missing                  2.0 %   2.0 %  =",
                "  Check the named features at their source; if the change is real and stays,",
                "  retrain the model or promote a new baseline.",
                "  runbook: docs/runbooks/input-drift.md"));
    assertThat(IncidentText.brief(incident)).endsWith("10 % of the evidence");
  }

  @Test
  void namesTheModelsOfAFleet() {
    List<String> models = IntStream.range(10, 22).mapToObj(i -> "m" + i).toList();
    Finding fleet =
        new Finding(
            "fleet:age",
            Finding.ANY_MODEL,
            "",
            IncidentKind.COMMON_CAUSE,
            Severity.HIGH,
            Examples.AT,
            Examples.AT,
            9,
            3,
            Long.MAX_VALUE,
            List.of(),
            models);

    Incident incident = Examples.opened(fleet);

    assertThat(incident.title()).isEqualTo("One cause, many models, fleet age");
    assertThat(incident.summary())
        .contains("12 models: m10, m11, m12, m13, m14, m15, m16, m17 and 4 more.")
        .contains("Chance alone would do this once in more than a million years.");
    assertThat(IncidentText.of(incident))
        .startsWith("HIGH  common_cause  fleet age\n")
        .contains("\n  12 models: m10, m11, m12, m13, m14, m15, m16, m17 and 4 more\n");
  }

  @Test
  void namesTheMembersOfACampaignWithHowSure() {
    List<Member> members = new ArrayList<>();
    members.add(new Member("k\u001b1", Examples.AT, 12, 0.999));
    members.add(new Member("k2", Examples.AT, 12, 0.29));
    members.add(new Member("k3", Examples.AT, 12, Double.NaN));
    IntStream.range(3, 50).forEach(i -> members.add(new Member("m" + i, Examples.AT, 12, 1)));
    Finding finding =
        Examples.campaign(IncidentKind.DISTILLATION, Examples.AT, 3, members, members.size());

    Incident incident = Examples.opened(finding);

    assertThat(incident.title()).isEqualTo("Distillation, campaign of 50 accounts on fraud-scorer");
    assertThat(incident.summary())
        .startsWith("Campaign of 50 accounts on fraud-scorer collects answers like someone")
        .contains(
            " 50 accounts, with how sure: k\\u{1b}1 (99 %), k2 (29 %), k3, m3 (100 %), m4 (100 %),"
                + " m5 (100 %), m6 (100 %), m7 (100 %) and 42 more. ");
    assertThat(IncidentText.of(incident))
        .startsWith("CRITICAL  distillation  campaign of 50 accounts on fraud-scorer\n")
        .contains("\n  50 accounts, with how sure: k\\u{1b}1 (99 %), k2 (29 %), k3,");
    assertThat(IncidentText.brief(incident)).contains("\n  50 accounts, with how sure: ");
  }

  @Test
  void saysWhatTheMembersOfACohortShare() {
    List<Member> one = List.of(new Member("k1", Examples.AT, 12, Double.NaN));
    Finding finding =
        new Finding(
            "prefix:2001:db8::/48",
            "fraud-scorer",
            "7",
            IncidentKind.EXTRACTION,
            Severity.HIGH,
            Examples.AT,
            Examples.AT,
            9,
            3,
            Chance.UNKNOWN,
            List.of(),
            List.of(),
            one,
            1);

    Incident incident = Examples.opened(finding);

    assertThat(IncidentText.brief(incident))
        .startsWith(
            "HIGH  extraction  campaign of 1 account (prefix 2001:db8::/48) on fraud-scorer\n")
        .endsWith("\n  1 account: k1");
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
    assertThat(text.lines()).hasSize(9);
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
