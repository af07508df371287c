package io.inferwarden.alerting.sink.chat;

import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Occasion;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Notifications for the tests of the chat sinks. */
final class ChatExamples {
  /** Tries to mention, link and format in every format there is, and to forge lines. */
  static final String HOSTILE =
      "<!channel> <http://evil.example|pay> *b* _i_ ~s~ `c` [x](https://evil.example) <at>all</at>"
          + " {{DATE(2017-02-14T06:00:00Z)}} & \"q\" 'a' :bell: www.evil.example"
          + "\r\nBcc: all@example\r\n- \u202eevil\u200b\u001b[2J<script>alert(1)</script>";

  private ChatExamples() {}

  /** An alarm of a model, with a histogram. */
  static Incident drift() {
    return Examples.opened(Examples.drift(IncidentKind.INPUT_DRIFT, "7", Examples.AT, 2.8));
  }

  static Incident resolved() {
    Incident drift = drift();
    return drift.next(
        IncidentState.RESOLVED, drift.handling().resolved(Examples.AT + 60 * Examples.MINUTE));
  }

  static Incident acknowledged(String by, String note) {
    Incident drift = drift();
    Acknowledgement acknowledgement = new Acknowledgement(by, Examples.AT, note);
    return drift.next(IncidentState.ACKNOWLEDGED, drift.handling().acknowledged(acknowledgement));
  }

  static Incident judged(IncidentVerdict verdict, String by, String note) {
    Incident drift = drift();
    Judgement judgement = new Judgement(verdict, by, Examples.AT, note);
    return drift.next(IncidentState.OPEN, drift.handling().judged(judgement));
  }

  static Notification reminder(Incident incident) {
    return new Notification(
        incident.id() + "_1_r1", "soc", "default", Occasion.REMINDER, "", 0, Examples.AT, incident);
  }

  static Notification digest(int incidents) {
    List<Evidence> worst =
        IntStream.range(0, incidents)
            .mapToObj(
                i -> Evidence.ofPrincipal("w" + i, 0, "incident " + i, Double.NaN, Double.NaN))
            .toList();
    return Examples.notification(
        filled("sink:soc", IncidentKind.DIGEST, "Digest", worst, List.of(), List.of()));
  }

  /** Everything that came from outside is the given text, as long and as often as it can be. */
  static Notification filledWith(String text) {
    List<Evidence> evidence =
        Collections.nCopies(40, new Evidence(text, .01, text, .1, .2, text, Examples.ageChange()));
    List<String> models = IntStream.range(0, 50).mapToObj(i -> i + text).toList();
    List<Member> members =
        IntStream.range(0, 60).mapToObj(i -> new Member(i + text, Examples.AT, 1, .9)).toList();
    Incident incident =
        filled("prefix:" + text, IncidentKind.EXTRACTION, text, evidence, models, members);
    Handling handling =
        new Handling(
            incident.change(),
            Handling.NOT_RESOLVED,
            99,
            new Acknowledgement(text, Examples.AT, text),
            new Judgement(IncidentVerdict.FALSE_POSITIVE, text, Examples.AT, text));
    return Examples.notification(incident.next(IncidentState.ACKNOWLEDGED, handling));
  }

  private static Incident filled(
      String subject,
      IncidentKind kind,
      String title,
      List<Evidence> evidence,
      List<String> models,
      List<Member> members) {
    return new Incident(
        "inc_0123456789abcdefghij",
        1,
        IncidentState.OPEN,
        Handling.OPENED,
        subject,
        subject + "m",
        subject,
        kind,
        kind.severity(),
        Examples.AT,
        Examples.AT,
        Examples.AT - Examples.MINUTE,
        1,
        41,
        2.5,
        Chance.onceInMillis(2.5, 1e-9, Examples.MINUTE),
        evidence,
        models,
        members,
        members.size(),
        title,
        title);
  }
}
