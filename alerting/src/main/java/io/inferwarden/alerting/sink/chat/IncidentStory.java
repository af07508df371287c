package io.inferwarden.alerting.sink.chat;

import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Technique;
import io.inferwarden.alerting.feed.IncidentWording;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Occasion;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message for people says of an incident, in the same words and order whatever the format.
 * All texts are printable lines; none is escaped for any format yet.
 *
 * @param headline severity, what the revision tells, what happened and to whom
 * @param facts who, since when, how sure and so on, the most important first
 * @param reasons the strongest first; the last one may count those that are left out
 * @param whatToDo one sentence in the platform's own words
 * @param runbook path of the page that says more, from the root of the repository
 * @param link where the incident can be read; null where no console is configured
 */
record IncidentStory(
    String headline,
    List<Fact> facts,
    List<String> reasons,
    String whatToDo,
    String runbook,
    @Nullable URI link) {
  private static final int TITLE_CHARACTERS = 200;
  private static final int NOTE_CHARACTERS = 200;
  private static final int NAME_CHARACTERS = 80;
  private static final int SHOWN_REASONS = 5;

  /** The reasons of a digest are incidents, and of those a few more may be read. */
  private static final int SHOWN_IN_DIGEST = 10;

  /**
   * @param linkBase address of the console, with or without a slash at its end; null without one
   */
  static IncidentStory of(Notification notification, @Nullable URI linkBase) {
    Incident incident = notification.incident();
    return new IncidentStory(
        headline(notification),
        facts(incident),
        reasons(incident),
        incident.kind().whatToDo(),
        incident.kind().runbook(),
        linkBase == null ? null : IncidentLink.to(linkBase, incident));
  }

  /** Only the facts with the given names. */
  List<Fact> only(List<String> names) {
    return facts.stream().filter(fact -> names.contains(fact.name())).toList();
  }

  private static String headline(Notification notification) {
    Incident incident = notification.incident();
    return "["
        + incident.severity().code()
        + "] "
        + whatIsNew(notification)
        + OutsideText.of(incident.title(), TITLE_CHARACTERS);
  }

  private static String whatIsNew(Notification notification) {
    Incident incident = notification.incident();
    String test = incident.kind() == IncidentKind.TEST ? "Test: " : "";
    if (notification.occasion() == Occasion.REMINDER) {
      return test + "Reminder: ";
    }
    return test
        + switch (incident.change()) {
          case OPENED -> "";
          case UPDATED -> "Update: ";
          case ESCALATED -> "Escalated: ";
          case ACKNOWLEDGED -> "Acknowledged: ";
          case JUDGED -> "Judged: ";
          case BLINDED -> "Blind: ";
          case RESOLVED -> "Resolved: ";
          case REOPENED -> "Reopened: ";
        };
  }

  private static List<Fact> facts(Incident incident) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact(Fact.SEVERITY, incident.severity().code()));
    facts.add(new Fact(Fact.KIND, incident.kind().code()));
    facts.add(new Fact(Fact.WHO, OutsideText.of(IncidentWording.who(incident))));
    facts.add(new Fact(Fact.STATE, state(incident)));
    facts.add(new Fact(Fact.SINCE, since(incident)));
    if (incident.chanceOnceInMillis() != Chance.UNKNOWN) {
      facts.add(new Fact(Fact.HOW_SURE, Chance.words(incident.chanceOnceInMillis())));
    }
    if (!incident.models().isEmpty()) {
      String models = IncidentWording.models(incident.models());
      facts.add(new Fact(Fact.MODELS, OutsideText.of(models)));
    }
    if (!incident.members().isEmpty()) {
      facts.add(new Fact(Fact.MEMBERS, OutsideText.of(IncidentWording.members(incident))));
    }
    if (!incident.techniques().isEmpty()) {
      Technique technique = incident.techniques().get(0);
      facts.add(new Fact(Fact.TECHNIQUE, technique.id() + " " + technique.name()));
    }
    Judgement judgement = incident.handling().judgement();
    if (judgement != null) {
      facts.add(new Fact(Fact.VERDICT, verdict(judgement)));
    }
    String revision = ", revision " + incident.revision();
    facts.add(new Fact(Fact.INCIDENT, OutsideText.of(incident.id(), NAME_CHARACTERS) + revision));
    return List.copyOf(facts);
  }

  private static String since(Incident incident) {
    String since = IncidentWording.since(incident).replaceFirst("^since ", "");
    return incident.events() == 0
        ? since
        : since + ", after " + IncidentWording.queries(incident.events());
  }

  private static String state(Incident incident) {
    Handling handling = incident.handling();
    return switch (incident.state()) {
      case OPEN -> "open" + reopened(handling.reopenings());
      case ACKNOWLEDGED -> "acknowledged" + acknowledged(handling.acknowledgement());
      case BLIND -> "blind: it cannot be judged now, so nobody can tell whether it is over";
      case RESOLVED ->
          handling.resolvedAtMillis() == Handling.NOT_RESOLVED
              ? "resolved"
              : "resolved at " + IncidentWording.minute(handling.resolvedAtMillis());
    };
  }

  private static String reopened(int times) {
    return switch (times) {
      case 0 -> "";
      case 1 -> ", reopened once";
      default -> ", reopened " + times + " times";
    };
  }

  private static String acknowledged(@Nullable Acknowledgement acknowledgement) {
    return acknowledgement == null
        ? ""
        : " by "
            + OutsideText.of(acknowledgement.by(), NAME_CHARACTERS)
            + note(acknowledgement.note());
  }

  private static String verdict(Judgement judgement) {
    String words =
        switch (judgement.verdict()) {
          case TRUE_POSITIVE -> "it was what it claimed to be";
          case FALSE_POSITIVE -> "a false alarm";
          case BENIGN_CHANGE -> "a change that was meant to happen";
        };
    String by = ", says " + OutsideText.of(judgement.by(), NAME_CHARACTERS);
    return words + by + note(judgement.note());
  }

  private static String note(String note) {
    return note.isBlank() ? "" : ": " + OutsideText.of(note, NOTE_CHARACTERS);
  }

  private static List<String> reasons(Incident incident) {
    List<Evidence> evidence = incident.evidence();
    int most = incident.kind() == IncidentKind.DIGEST ? SHOWN_IN_DIGEST : SHOWN_REASONS;
    int shown = Math.min(most, evidence.size());
    List<String> reasons = new ArrayList<>();
    for (Evidence reason : evidence.subList(0, shown)) {
      reasons.add(OutsideText.of(IncidentWording.sentence(reason)));
    }
    int weaker = evidence.size() - shown;
    if (weaker > 0) {
      reasons.add("and " + weaker + (weaker == 1 ? " weaker reason" : " weaker reasons"));
    }
    return List.copyOf(reasons);
  }
}
