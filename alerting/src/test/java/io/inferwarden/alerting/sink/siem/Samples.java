package io.inferwarden.alerting.sink.siem;

import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Change;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.HistogramBin;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentId;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Occasion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Notifications of every kind, state, change, verdict and occasion. */
final class Samples {
  static final long AT = Examples.AT;
  static final long CREATED_AT = AT + 1_234;

  /** A line break, a terminal command, a bidirectional override, a null and half a surrogate. */
  static final String HOSTILE = "k9\"\r\n\u001b[2J\u202e\u0000\ud800</script>{\"a\":1}";

  private Samples() {}

  /** A drift of a model with a histogram and everything else known. */
  static Notification drift() {
    return of(IncidentKind.INPUT_DRIFT, IncidentState.OPEN, Handling.OPENED, 1);
  }

  static Notification of(IncidentKind kind, IncidentState state, Handling handling, long revision) {
    return notification(
        incident(subject(kind), kind, state, handling, revision, evidence(), List.of()));
  }

  static Notification notification(Incident incident) {
    return Notification.ofChange(incident, "siem", "default/soc", CREATED_AT);
  }

  static Notification on(Occasion occasion, Notification notification) {
    return new Notification(
        notification.id() + "_x",
        notification.sink(),
        notification.route(),
        occasion,
        notification.group(),
        notification.groupWaitMillis(),
        notification.createdAtMillis(),
        notification.incident());
  }

  /** A campaign whose members have hostile names. */
  static Notification campaign(int memberCount) {
    List<Member> members =
        IntStream.range(0, memberCount)
            .mapToObj(i -> new Member(HOSTILE + i, AT, 12, i == 0 ? Double.NaN : 0.975))
            .toList();
    return notification(
        incident(
            "campaign:c01",
            IncidentKind.DISTILLATION,
            IncidentState.OPEN,
            Handling.OPENED,
            1,
            evidence(),
            members));
  }

  /** As large and as strange as an incident can be. */
  static Notification monstrous() {
    String name = "\ud83d\ude00\u202e\"\\".repeat(2_000);
    List<HistogramBin> bins =
        IntStream.range(0, 64).mapToObj(i -> new HistogramBin(name + i, 0.01, 0.01)).toList();
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      evidence.add(new Evidence(name, 0.01, name, 0.5, 0.5, name, new Change(0.1, 1, 2, 3, bins)));
    }
    List<Member> members =
        IntStream.range(0, 1_000)
            .mapToObj(i -> new Member(i + "\u202e".repeat(120), AT, 1, 1))
            .toList();
    Handling handling =
        Handling.OPENED
            .acknowledged(new Acknowledgement(name, AT, name))
            .judged(new Judgement(IncidentVerdict.TRUE_POSITIVE, name, AT, name));
    Incident incident =
        new Incident(
            "inc_monstrous",
            7,
            IncidentState.ACKNOWLEDGED,
            handling,
            "principal:" + name,
            name,
            name,
            IncidentKind.EXTRACTION,
            Severity.HIGH,
            AT,
            AT,
            AT,
            1,
            1,
            1,
            Chance.UNKNOWN,
            evidence,
            IntStream.range(0, 100).mapToObj(i -> i + name).toList(),
            members,
            5_000,
            name,
            name);
    return notification(incident);
  }

  /** All kinds in all states with all changes that lead there, all verdicts and occasions. */
  static List<Notification> all() {
    List<Notification> all = new ArrayList<>();
    for (IncidentKind kind : IncidentKind.values()) {
      for (IncidentState state : IncidentState.values()) {
        for (IncidentChange change : IncidentChange.values()) {
          all.add(of(kind, state, handling(state, change, null), 3));
        }
        for (IncidentVerdict verdict : IncidentVerdict.values()) {
          all.add(of(kind, state, handling(state, IncidentChange.JUDGED, verdict), 4));
        }
      }
    }
    for (Severity severity : Severity.values()) {
      all.add(notification(graver(drift().incident(), severity)));
    }
    for (Occasion occasion : Occasion.values()) {
      all.add(on(occasion, drift()));
    }
    all.add(campaign(60));
    all.add(monstrous());
    all.add(bare());
    return all;
  }

  /** An incident about which next to nothing is known. */
  static Notification bare() {
    return notification(
        new Incident(
            "inc_bare",
            1,
            IncidentState.OPEN,
            Handling.OPENED,
            "nameless",
            Finding.ANY_MODEL,
            "",
            IncidentKind.BLIND,
            Severity.INFO,
            AT,
            AT,
            AT + 5,
            1,
            0,
            0,
            Chance.UNKNOWN,
            List.of(Evidence.ofPrincipal("probing", 0, "it asks at night", Double.NaN, Double.NaN)),
            List.of(),
            List.of(),
            0,
            "Blind",
            "It is blind."));
  }

  static Handling handling(
      IncidentState state, IncidentChange change, @Nullable IncidentVerdict verdict) {
    boolean isTaken = state == IncidentState.ACKNOWLEDGED;
    return new Handling(
        change,
        state == IncidentState.RESOLVED ? AT + 60_000 : Handling.NOT_RESOLVED,
        change == IncidentChange.REOPENED ? 1 : 0,
        isTaken ? new Acknowledgement(HOSTILE, AT + 1_000, "on it") : null,
        verdict == null ? null : new Judgement(verdict, "ana", AT + 2_000, HOSTILE));
  }

  private static Incident graver(Incident incident, Severity severity) {
    return new Incident(
        incident.id(),
        incident.revision(),
        incident.state(),
        incident.handling(),
        incident.subject(),
        incident.model(),
        incident.version(),
        incident.kind(),
        severity,
        incident.openedAtMillis(),
        incident.lastSeenAtMillis(),
        incident.onsetMillis(),
        incident.findings(),
        incident.events(),
        incident.level(),
        365L * 24 * 3_600_000,
        incident.evidence(),
        incident.models(),
        incident.members(),
        incident.memberCount(),
        incident.title(),
        incident.summary());
  }

  private static String subject(IncidentKind kind) {
    if (kind == IncidentKind.TEST) {
      return "route:default";
    }
    if (kind == IncidentKind.COMMON_CAUSE) {
      return "fleet:all";
    }
    return kind.accuses() ? "principal:" + HOSTILE : "model:fraud-scorer";
  }

  private static List<Evidence> evidence() {
    return List.of(Examples.age(), Evidence.ofPrincipal(HOSTILE, 0.1, "a short gap", 0.1, 0.2));
  }

  private static Incident incident(
      String subject,
      IncidentKind kind,
      IncidentState state,
      Handling handling,
      long revision,
      List<Evidence> evidence,
      List<Member> members) {
    String model = kind == IncidentKind.COMMON_CAUSE ? Finding.ANY_MODEL : "fraud-scorer";
    return new Incident(
        IncidentId.of(subject, model, kind, AT - 60_000),
        revision,
        state,
        handling,
        subject,
        model,
        "7",
        kind,
        kind.severity(),
        AT - 60_000,
        AT,
        AT - 5_400_000,
        2,
        4_100,
        2_500,
        Chance.onceInMillis(2_500, 1e-4, 3_600_000),
        evidence,
        kind == IncidentKind.COMMON_CAUSE ? List.of("fraud-scorer", "ranker") : List.of(),
        members,
        members.size(),
        kind.title() + ": " + subject,
        subject + " " + kind.explanation());
  }
}
