package io.inferwarden.alerting.feed;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.SpanWords;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The words for an incident that all formats share: who, since when, why it is believed, what to
 * do. Whatever came from outside is printable in them, and not escaped for any format.
 */
public final class IncidentWording {
  /** Names longer than this are cut: a title must stay one line. */
  private static final int NAME_CHARACTERS = 80;

  private static final int SENTENCE_CHARACTERS = 400;
  private static final int NAMED_MODELS = 8;
  private static final int NAMED_MEMBERS = 8;

  /** Keeps what was written in whole per cent from losing one of them. */
  private static final double ROUNDING = 1e-9;

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private IncidentWording() {}

  /** The same incident with the title and the summary that its facts ask for. */
  static Incident worded(Incident incident) {
    return incident.worded(incident.kind().title() + ", " + who(incident), summary(incident));
  }

  private static String summary(Incident incident) {
    StringBuilder text = new StringBuilder();
    text.append(capitalised(who(incident))).append(' ').append(incident.kind().explanation());
    text.append(" (").append(since(incident));
    if (incident.events() > 0) {
      text.append(", ").append(queries(incident.events())).append(" judged");
    }
    text.append("). ");
    if (!incident.models().isEmpty()) {
      text.append(capitalised(models(incident.models()))).append(". ");
    }
    if (!incident.members().isEmpty()) {
      text.append(capitalised(members(incident))).append(". ");
    }
    if (incident.chanceOnceInMillis() != Chance.UNKNOWN) {
      text.append(capitalised(Chance.words(incident.chanceOnceInMillis()))).append(". ");
    }
    if (!incident.evidence().isEmpty()) {
      text.append("Strongest reason: ").append(sentence(incident.evidence().get(0))).append(". ");
    }
    return text.append(incident.kind().whatToDo()).toString();
  }

  /**
   * {@code principal k9 on fraud-scorer}, {@code campaign of 50 accounts on fraud-scorer}, {@code
   * model fraud-scorer} for a model, {@code model fraud-scorer version 8} where each version has
   * its own incident, {@code fleet age} for a fleet.
   */
  public static String who(Incident incident) {
    String subject = incident.subject();
    String model = incident.model();
    int colon = subject.indexOf(':');
    String sort = colon < 0 ? "" : PrintableText.of(subject.substring(0, colon)) + " ";
    String name = PrintableText.of(subject.substring(colon + 1), NAME_CHARACTERS);
    String whom = incident.memberCount() == 0 ? sort + name : campaign(incident, sort + name);
    boolean saysAll = subject.endsWith(":" + model) || model.equals(Finding.ANY_MODEL);
    String where = saysAll ? "" : " on " + PrintableText.of(model, NAME_CHARACTERS);
    boolean namesVersion = incident.kind().isPerVersion() && !incident.version().isBlank();
    String version =
        namesVersion ? " version " + PrintableText.of(incident.version(), NAME_CHARACTERS) : "";
    return whom + where + version;
  }

  /** A campaign's own name is a mere number; what a cohort has in common is worth saying. */
  private static String campaign(Incident incident, String name) {
    String of = "campaign of " + accounts(incident.memberCount());
    return incident.subject().startsWith("campaign:") ? of : of + " (" + name + ")";
  }

  /** {@code since 2026-03-02 14:01 UTC, 3.2 hours before the alarm}. */
  public static String since(Incident incident) {
    long before = incident.openedAtMillis() - incident.onsetMillis();
    String told = incident.kind().pages() ? "the alarm" : "it was told";
    String distance = before <= 0 ? "" : ", " + SpanWords.of(before) + " before " + told;
    return "since " + minute(incident.onsetMillis()) + distance;
  }

  /** {@code 12 models: a, b, …, and 4 more}. */
  public static String models(List<String> models) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, models.size() == 1 ? "%,d model: " : "%,d models: ", models.size()));
    int named = Math.min(NAMED_MODELS, models.size());
    for (int i = 0; i < named; i++) {
      text.append(i == 0 ? "" : ", ").append(PrintableText.of(models.get(i), NAME_CHARACTERS));
    }
    if (models.size() > named) {
      text.append(String.format(Locale.ROOT, " and %,d more", models.size() - named));
    }
    return text.toString();
  }

  /** {@code 50 accounts, with how sure: a (99 %), b (97 %), … and 42 more}. */
  public static String members(Incident incident) {
    List<Member> members = incident.members();
    List<Member> named = members.subList(0, Math.min(NAMED_MEMBERS, members.size()));
    StringBuilder text = new StringBuilder(accounts(incident.memberCount()));
    boolean saysHowSure = named.stream().anyMatch(member -> !Double.isNaN(member.confidence()));
    text.append(saysHowSure ? ", with how sure: " : ": ");
    for (int i = 0; i < named.size(); i++) {
      text.append(i == 0 ? "" : ", ");
      text.append(PrintableText.of(named.get(i).principal(), NAME_CHARACTERS));
      text.append(howSure(named.get(i).confidence()));
    }
    long more = incident.memberCount() - named.size();
    if (more > 0) {
      text.append(String.format(Locale.ROOT, " and %,d more", more));
    }
    return text.toString();
  }

  /** Rounded down, so that only what is certain reads as 100 %. */
  private static String howSure(double confidence) {
    return Double.isNaN(confidence)
        ? ""
        : String.format(Locale.ROOT, " (%d %%)", (int) Math.floor(100 * confidence + ROUNDING));
  }

  private static String accounts(long count) {
    return String.format(Locale.ROOT, count == 1 ? "%,d account" : "%,d accounts", count);
  }

  /** {@code 41 queries}. */
  public static String queries(long events) {
    return String.format(Locale.ROOT, events == 1 ? "%,d query" : "%,d queries", events);
  }

  /** The sentence of a reason, cut where it is far too long for one. */
  public static String sentence(Evidence evidence) {
    return PrintableText.of(evidence.sentence(), SENTENCE_CHARACTERS);
  }

  /** {@code 2026-03-02 14:01 UTC}. */
  public static String minute(long millis) {
    return MINUTES.format(Instant.ofEpochMilli(millis));
  }

  private static String capitalised(String text) {
    int first = text.codePointAt(0);
    return new StringBuilder()
        .appendCodePoint(Character.toUpperCase(first))
        .append(text, Character.charCount(first), text.length())
        .toString();
  }
}
