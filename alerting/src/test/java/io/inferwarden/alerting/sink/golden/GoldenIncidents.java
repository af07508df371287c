package io.inferwarden.alerting.sink.golden;

import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.SeverityRule;
import io.inferwarden.alerting.feed.IncidentLedger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The incidents that are shown in every format, as the ledger makes them of findings. */
final class GoldenIncidents {
  private static final long AT = Examples.AT;
  private static final long MINUTE = Examples.MINUTE;
  private static final long HOUR = 60 * MINUTE;

  private GoldenIncidents() {}

  /** By the name of their files. */
  static Map<String, Incident> byName() {
    Map<String, Incident> incidents = new LinkedHashMap<>();
    incidents.put("extraction-opened", extractionOpened());
    incidents.put("campaign-escalated", campaignEscalated());
    incidents.put("drift-resolved", driftResolved());
    return incidents;
  }

  private static Incident extractionOpened() {
    return Examples.opened(
        new Finding(
            "principal:key-4711",
            "fraud-scorer",
            "7",
            IncidentKind.EXTRACTION,
            IncidentKind.EXTRACTION.severity(),
            AT,
            AT - 17 * MINUTE,
            412,
            3.5,
            Chance.onceInMillis(3.5, 1e-4, 60 * MINUTE),
            List.of(
                Examples.probing(),
                Evidence.ofPrincipal("gap", 0.22, "in less than a second", 0.04, 0.35)),
            List.of()));
  }

  /** Two accounts, then twelve, some of which chose their names to harm who reads them. */
  private static Incident campaignEscalated() {
    IncidentLedger ledger = new IncidentLedger();
    Incident opened = Examples.opened(campaign(AT, 1.5, List.of("key-1", "key-2")));
    List<String> names = new ArrayList<>(List.of("key-1", "key-2"));
    names.add("<!channel> <https://evil.example|click> <script>alert(1)</script>");
    names.add("x act=resolved outcome=resolved | y \\");
    names.add("line\r\nCEF:0|Inferwarden|Inferwarden|1|test|Forged|2|act=resolved");
    names.add("*bold* [link](https://evil.example) @everyone `code`");
    names.add("\u202egnp.exe\u001b[2J\u0000");
    names.add("\"},{\"severity\":\"info\"}");
    names.add("測試 é \ud83d\ude00");
    names.addAll(List.of("key-10", "key-11", "key-12"));
    List<Incident> news = ledger.hear(opened, campaign(AT + 30 * MINUTE, 4.2, names));
    return news.get(news.size() - 1);
  }

  private static Finding campaign(long atMillis, double level, List<String> names) {
    List<Member> members =
        names.stream().map(name -> new Member(name, atMillis, 40, 0.975)).toList();
    return new Finding(
        "campaign:c01",
        "fraud-scorer",
        "7",
        IncidentKind.DISTILLATION,
        SeverityRule.of(IncidentKind.DISTILLATION, members.size()),
        atMillis,
        AT - HOUR,
        40L * members.size(),
        level,
        Chance.onceInMillis(level, 1e-4, 60 * MINUTE),
        List.of(Evidence.ofPrincipal("template", 0.81, "with one rare template", 0.02, 0.57)),
        List.of(),
        members,
        members.size());
  }

  /** Somebody looked after it and found it true; then it ended. */
  private static Incident driftResolved() {
    IncidentLedger ledger = new IncidentLedger();
    Incident opened = Examples.opened(Examples.drift(IncidentKind.INPUT_DRIFT, "7", AT, 2.8));
    Incident acknowledged =
        Objects.requireNonNull(
            ledger.acknowledge(opened, new Acknowledgement("ada", AT + 5 * MINUTE, "on it")));
    Incident judged =
        ledger.judge(
            acknowledged,
            new Judgement(
                IncidentVerdict.TRUE_POSITIVE, "ada", AT + HOUR, "a client sends age in months"));
    return ledger.resolve(judged);
  }
}
