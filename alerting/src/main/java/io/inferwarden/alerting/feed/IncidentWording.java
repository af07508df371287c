package io.inferwarden.alerting.feed;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.IncidentKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The title and the summary of an incident: what happened, why it is believed, what to do. */
final class IncidentWording {
  /** Names longer than this are cut: a title must stay one line. */
  private static final int NAME_CHARACTERS = 80;

  private static final int SENTENCE_CHARACTERS = 400;

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private IncidentWording() {}

  static String title(IncidentKind kind, String subject, String model) {
    return kind.title() + ", " + who(subject, model);
  }

  static String summary(
      IncidentKind kind,
      String subject,
      String model,
      long onsetMillis,
      long events,
      List<Evidence> evidence) {
    StringBuilder text = new StringBuilder();
    text.append(capitalised(who(subject, model))).append(' ').append(kind.explanation());
    text.append(" (since ").append(minute(onsetMillis));
    text.append(", ").append(queries(events)).append(" judged). ");
    if (!evidence.isEmpty()) {
      text.append("Strongest reason: ").append(sentence(evidence.get(0))).append(". ");
    }
    return text.append(kind.whatToDo()).toString();
  }

  /** {@code principal k9 on fraud-scorer}, or only {@code model fraud-scorer} for a model. */
  static String who(String subject, String model) {
    int colon = subject.indexOf(':');
    String sort = colon < 0 ? "" : PrintableText.of(subject.substring(0, colon)) + " ";
    String name = PrintableText.of(subject.substring(colon + 1), NAME_CHARACTERS);
    boolean isTheModel = subject.equals("model:" + model);
    return sort + name + (isTheModel ? "" : " on " + PrintableText.of(model, NAME_CHARACTERS));
  }

  static String minute(long millis) {
    return MINUTES.format(Instant.ofEpochMilli(millis));
  }

  static String queries(long events) {
    return String.format(Locale.ROOT, events == 1 ? "%,d query" : "%,d queries", events);
  }

  static String sentence(Evidence evidence) {
    return PrintableText.of(evidence.sentence(), SENTENCE_CHARACTERS);
  }

  private static String capitalised(String text) {
    int first = text.codePointAt(0);
    return new StringBuilder()
        .appendCodePoint(Character.toUpperCase(first))
        .append(text, Character.charCount(first), text.length())
        .toString();
  }
}
