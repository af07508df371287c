package io.inferwarden.alerting;

import io.inferwarden.alerting.feed.IncidentLedger;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Occasion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Findings and incidents for tests. */
public final class Examples {
  public static final long AT = Instant.parse("2026-03-02T14:02:00Z").toEpochMilli();
  public static final long MINUTE = 60_000;

  private Examples() {}

  public static Evidence probing() {
    return Evidence.ofPrincipal("probing", 0.63, "in the most extreme 1 %", 0.01, 0.41);
  }

  /** A number that moved, with a histogram of four bins; total variation 0.24. */
  public static Change ageChange() {
    return Change.ofNumbers(
        0.24,
        6.1,
        41,
        47.1,
        List.of(
            new HistogramBin("below 17 (never seen)", 0, 0.05, 0.1),
            new HistogramBin("age 17 to 44", 0.86, 0.62, 0.4),
            new HistogramBin("age 44 to 52", 0.12, 0.31, 0.5),
            new HistogramBin("missing", 0.02, 0.02)));
  }

  public static Evidence age() {
    return Evidence.ofModel("age", 0.63, "age 44 to 52", 0.12, 0.31, ageChange());
  }

  /** A finding with everything that one can hold. */
  public static Finding drift(IncidentKind kind, String version, long atMillis, double level) {
    return new Finding(
        "model:fraud-scorer",
        "fraud-scorer",
        version,
        kind,
        kind.severity(),
        atMillis,
        atMillis - 90 * MINUTE,
        4100,
        level,
        Chance.onceInMillis(level, 1e-4, 60 * MINUTE),
        List.of(age(), Evidence.ofPrincipal("gap", 0.1, "a short gap", 0.1, 0.2)),
        List.of());
  }

  public static Finding finding(String subject, long atMillis, double level) {
    return new Finding(
        subject,
        "fraud-scorer",
        "7",
        IncidentKind.EXTRACTION,
        Severity.HIGH,
        atMillis,
        atMillis - MINUTE,
        41,
        level,
        List.of(probing()));
  }

  /** A campaign's finding, which names its members at its own time. */
  public static Finding campaign(IncidentKind kind, long atMillis, double level, String... names) {
    List<Member> members =
        Arrays.stream(names).map(name -> new Member(name, atMillis, 12, 0.975)).toList();
    return campaign(kind, atMillis, level, members, members.size());
  }

  public static Finding campaign(
      IncidentKind kind, long atMillis, double level, List<Member> members, long memberCount) {
    return new Finding(
        "campaign:c01",
        "fraud-scorer",
        "7",
        kind,
        SeverityRule.of(kind, memberCount),
        atMillis,
        atMillis - MINUTE,
        600,
        level,
        Chance.UNKNOWN,
        List.of(probing()),
        List.of(),
        members,
        memberCount);
  }

  /** The incident that a finding opens. */
  public static Incident opened(Finding finding) {
    return new IncidentLedger().hear(null, finding).get(0);
  }

  /** The news of a revision for a sink. */
  public static Notification notification(Incident incident) {
    return Notification.ofChange(incident, "soc", "default", AT);
  }

  public static Incident incident(String subject, long revision) {
    return incident(subject, revision, IncidentState.OPEN, List.of(probing()));
  }

  public static Incident incident(
      String subject, long revision, IncidentState state, List<Evidence> evidence) {
    return new Incident(
        IncidentId.of(subject, "fraud-scorer", IncidentKind.EXTRACTION, AT),
        revision,
        state,
        state == IncidentState.RESOLVED ? Handling.OPENED.resolved(AT) : Handling.OPENED,
        subject,
        "fraud-scorer",
        "7",
        IncidentKind.EXTRACTION,
        Severity.HIGH,
        AT,
        AT,
        AT - MINUTE,
        1,
        41,
        2.5,
        Chance.UNKNOWN,
        evidence,
        List.of(),
        List.of(),
        0,
        "Model abuse",
        "It looks like abuse.");
  }

  /** An incident of a kind that has just opened. */
  public static Incident of(IncidentKind kind) {
    return of(kind, Handling.OPENED, IncidentState.OPEN, 1);
  }

  /** A revision of an incident of a kind, with everything that one subject's incident can hold. */
  public static Incident of(
      IncidentKind kind, Handling handling, IncidentState state, long revision) {
    return incident(kind, handling, state, revision, subjectOf(kind), List.of(), "7", "");
  }

  /** The latest revision of an incident that tells the change. */
  public static Incident changed(IncidentKind kind, IncidentChange change) {
    Acknowledgement by = new Acknowledgement("ana", AT + MINUTE, "looking into it");
    Handling seen = Handling.OPENED.acknowledged(by);
    return switch (change) {
      case OPENED -> of(kind);
      case UPDATED -> of(kind, Handling.OPENED.told(change), IncidentState.OPEN, 2);
      case ESCALATED -> of(kind, seen.escalated(), IncidentState.OPEN, 3);
      case ACKNOWLEDGED -> of(kind, seen, IncidentState.ACKNOWLEDGED, 2);
      case JUDGED -> judged(kind, IncidentVerdict.TRUE_POSITIVE);
      case BLINDED -> of(kind, Handling.OPENED.told(change), IncidentState.BLIND, 2);
      case RESOLVED ->
          of(kind, Handling.OPENED.resolved(AT + 10 * MINUTE), IncidentState.RESOLVED, 3);
      case REOPENED -> of(kind, Handling.OPENED.resolved(AT).reopened(), IncidentState.OPEN, 4);
    };
  }

  /** An incident that somebody judged, and that is over with that unless it was true. */
  public static Incident judged(IncidentKind kind, IncidentVerdict verdict) {
    Judgement judgement = new Judgement(verdict, "ana", AT + 2 * MINUTE, "as the log shows");
    return verdict == IncidentVerdict.TRUE_POSITIVE
        ? of(kind, Handling.OPENED.judged(judgement), IncidentState.OPEN, 2)
        : of(
            kind,
            Handling.OPENED.resolved(AT + MINUTE).judged(judgement),
            IncidentState.RESOLVED,
            2);
  }

  /** A campaign with members. */
  public static Incident campaign() {
    return opened(campaign(IncidentKind.EXTRACTION, AT, 2.5, "k1", "k2", "k3"));
  }

  /** One of every change and kind that a sink is told of. */
  public static List<Incident> everyIncident() {
    List<Incident> all = new ArrayList<>();
    for (IncidentChange change : IncidentChange.values()) {
      all.add(changed(IncidentKind.EXTRACTION, change));
    }
    for (IncidentKind kind : IncidentKind.values()) {
      all.add(of(kind));
    }
    all.add(judged(IncidentKind.INPUT_DRIFT, IncidentVerdict.FALSE_POSITIVE));
    all.add(judged(IncidentKind.INPUT_DRIFT, IncidentVerdict.BENIGN_CHANGE));
    all.add(campaign());
    return all;
  }

  /** Names that those who are watched might choose. */
  public static List<String> hostileNames() {
    return List.of(
        "\"quoted\" \\ 'single' `tick`",
        "line\r\nbreak: injected\n\tyes",
        "bell\u0007 null\u0000 escape\u001b[2J delete\u007f next\u0085",
        "<!channel> <@U123> <https://evil.example|click> &amp; <b>bold</b> <script>alert(1)</script>",
        "a|b=c\\|d ]]> {{template}} ${env} %s %n",
        "*bold* _it_ ~no~ [link](https://evil.example) # @everyone @here",
        "\u202egnp.exe\u202c \u2028 \u2029 \ufeff \u200b",
        "lone \ud800 surrogate \udfff",
        "\ud83d\ude00".repeat(50),
        "n".repeat(100_000),
        "\u0001".repeat(100_000),
        "\ud83d\ude00".repeat(50_000));
  }

  /** Incidents in which everything that comes from outside is the name: a subject's, a campaign. */
  public static List<Incident> hostile(String name) {
    Acknowledgement by = new Acknowledgement(name, AT, name);
    Handling handling = Handling.OPENED.acknowledged(by);
    List<Member> members =
        List.of(new Member(name, AT, 3, 0.9), new Member(name + "2", AT, 3, Double.NaN));
    IncidentState state = IncidentState.ACKNOWLEDGED;
    return List.of(
        incident(
            IncidentKind.EXTRACTION,
            handling,
            state,
            2,
            "principal:" + name,
            List.of(),
            name,
            name),
        incident(
            IncidentKind.EXTRACTION, handling, state, 2, "campaign:" + name, members, name, name),
        incident(
            IncidentKind.VERSION_CHANGED,
            handling,
            state,
            2,
            "model:" + name,
            List.of(),
            name,
            name));
  }

  /** A reminder of an incident. */
  public static Notification reminder(Incident incident) {
    return again(incident, Occasion.REMINDER, "_r1");
  }

  /** The refresh of an incident, for a receiver that forgets. */
  public static Notification refresh(Incident incident) {
    return again(incident, Occasion.REFRESH, "_f1");
  }

  /** The same news again, because an operator asked for it. */
  public static Notification redelivery(Incident incident) {
    return again(incident, Occasion.REDELIVERY, "");
  }

  private static Notification again(Incident incident, Occasion occasion, String suffix) {
    return new Notification(
        Notification.changeId(incident) + suffix, "soc", "default", occasion, "", 0, AT, incident);
  }

  private static String subjectOf(IncidentKind kind) {
    if (kind.isOfDelivery()) {
      return "route:soc";
    }
    return kind.accuses() ? "principal:k9" : "model:fraud-scorer";
  }

  /** With {@code words} in everything that comes from outside, unless they are empty. */
  private static Incident incident(
      IncidentKind kind,
      Handling handling,
      IncidentState state,
      long revision,
      String subject,
      List<Member> members,
      String version,
      String words) {
    String model = words.isEmpty() ? "fraud-scorer" : words;
    Evidence first = words.isEmpty() ? age() : Evidence.ofPrincipal(words, 0.5, words, 0.1, 0.4);
    return new Incident(
        IncidentId.of("principal:k9", "fraud-scorer", kind, AT),
        revision,
        state,
        handling,
        subject,
        model,
        version,
        kind,
        kind.severity(),
        AT,
        AT + MINUTE,
        AT - 90 * MINUTE,
        2,
        41,
        2.5,
        Chance.onceInMillis(2.5, 1e-4, 60 * MINUTE),
        List.of(first, Evidence.ofPrincipal("gap", 0.1, "a short gap", 0.1, 0.2)),
        words.isEmpty() ? List.of() : List.of(words, "other"),
        members,
        members.size(),
        kind.title() + ", " + subject,
        subject + " " + kind.explanation() + words);
  }
}
