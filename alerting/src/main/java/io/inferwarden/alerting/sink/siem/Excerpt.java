package io.inferwarden.alerting.sink.siem;

import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Change;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.HistogramBin;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.feed.PrintableText;
import io.inferwarden.alerting.outbox.DeliveryException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An incident as an event store is told it: every text bounded in length and free of characters
 * that are not plainly visible, every list bounded, and what was left out counted. Names and notes
 * come from outside, so nothing of an incident reaches an event store by another way.
 *
 * @param incident the incident with short, printable texts and short lists
 * @param modelsOmitted how many models were left out
 * @param membersOmitted how many of the members that the incident names were left out
 * @param histogramsOmitted how many histograms were left out
 * @param evidenceOmitted how many reasons were left out, the weakest
 */
record Excerpt(
    Incident incident,
    int modelsOmitted,
    int membersOmitted,
    int histogramsOmitted,
    int evidenceOmitted) {
  /** The most code points of a name, a title, a bin. */
  static final int NAME = 256;

  /** The most code points of a sentence or a note: at most 1,000 UTF-16 units. */
  static final int SENTENCE = 500;

  private static final int SUMMARY = 1_000;

  /** What may stay, from what should to what must: each step leaves out more. */
  private static final List<Room> ROOMS =
      List.of(
          new Room(50, 20, 20, SUMMARY),
          new Room(50, 20, 3, SUMMARY),
          new Room(50, 20, 1, SUMMARY),
          new Room(50, 20, 0, SUMMARY),
          new Room(10, 20, 0, SUMMARY),
          new Room(10, 5, 0, SUMMARY),
          new Room(0, 5, 0, SUMMARY),
          new Room(0, 1, 0, 100),
          new Room(0, 0, 0, 40));

  /**
   * What may stay.
   *
   * @param names the most models, and the most members
   * @param evidence the most reasons
   * @param histograms the most histograms, those of the strongest reasons
   * @param text the most code points of any text
   */
  private record Room(int names, int evidence, int histograms, int text) {
    String shortened(String text, int most) {
      int limit = Math.min(most, this.text);
      // What lies behind so many code points is cut in any case; escapes only lengthen.
      int head = Math.min(text.length(), 2 * (limit + 1));
      return PrintableText.of(text.substring(0, head), limit);
    }
  }

  /**
   * What the renderer makes of the fullest excerpt with which it stays within the bytes.
   *
   * @throws DeliveryException permanent, when not even the shortest one does
   */
  static byte[] fitting(Incident incident, int maximumBytes, Function<Excerpt, byte[]> renderer)
      throws DeliveryException {
    for (Room room : ROOMS) {
      byte[] rendered = renderer.apply(of(incident, room));
      if (rendered.length <= maximumBytes) {
        return rendered;
      }
    }
    throw DeliveryException.permanent("message must be <= " + maximumBytes + " bytes");
  }

  /** The fullest excerpt. */
  static Excerpt of(Incident incident) {
    return of(incident, ROOMS.get(0));
  }

  /** Whether it tells less than the incident. */
  boolean isTruncated() {
    return modelsOmitted + membersOmitted + histogramsOmitted + evidenceOmitted > 0;
  }

  /** How many models the incident names. */
  int modelCount() {
    return incident.models().size() + modelsOmitted;
  }

  /** How many reasons the incident gives. */
  int evidenceCount() {
    return incident.evidence().size() + evidenceOmitted;
  }

  private static Excerpt of(Incident incident, Room room) {
    List<String> models =
        incident.models().stream()
            .limit(room.names())
            .map(model -> room.shortened(model, NAME))
            .toList();
    List<Member> members = members(incident, room);
    List<Evidence> evidence = evidence(incident, room);
    Incident shortened =
        new Incident(
            incident.id(),
            incident.revision(),
            incident.state(),
            handling(incident.handling(), room),
            room.shortened(incident.subject(), NAME),
            room.shortened(incident.model(), NAME),
            room.shortened(incident.version(), NAME),
            incident.kind(),
            incident.severity(),
            incident.openedAtMillis(),
            incident.lastSeenAtMillis(),
            incident.onsetMillis(),
            incident.findings(),
            incident.events(),
            incident.level(),
            incident.chanceOnceInMillis(),
            evidence,
            models,
            members,
            incident.memberCount(),
            room.shortened(incident.title(), NAME),
            room.shortened(incident.summary(), SUMMARY));
    return new Excerpt(
        shortened,
        incident.models().size() - models.size(),
        incident.members().size() - members.size(),
        histograms(incident.evidence()) - histograms(evidence),
        incident.evidence().size() - evidence.size());
  }

  /** Two names may look the same once they are shortened; then the first stands for both. */
  private static List<Member> members(Incident incident, Room room) {
    Set<String> named = new HashSet<>();
    List<Member> members = new ArrayList<>();
    for (Member member : incident.members()) {
      String principal = room.shortened(member.principal(), NAME);
      if (members.size() < room.names() && named.add(principal)) {
        members.add(
            new Member(principal, member.sinceMillis(), member.events(), member.confidence()));
      }
    }
    return members;
  }

  private static List<Evidence> evidence(Incident incident, Room room) {
    List<Evidence> shortened = new ArrayList<>();
    int histograms = 0;
    for (Evidence each : incident.evidence()) {
      if (shortened.size() == room.evidence()) {
        break;
      }
      Change change = each.change();
      boolean hasHistogram = change != null && !change.histogram().isEmpty();
      boolean keepsHistogram = hasHistogram && histograms < room.histograms();
      histograms += keepsHistogram ? 1 : 0;
      shortened.add(
          new Evidence(
              room.shortened(each.signal(), NAME),
              each.share(),
              room.shortened(each.description(), SENTENCE),
              each.expected(),
              each.observed(),
              room.shortened(each.sentence(), SENTENCE),
              change(change, keepsHistogram, room)));
    }
    return shortened;
  }

  private static @Nullable Change change(
      @Nullable Change change, boolean keepsHistogram, Room room) {
    if (change == null) {
      return null;
    }
    List<HistogramBin> bins = keepsHistogram ? change.histogram() : List.of();
    return new Change(
        change.totalVariation(),
        change.shift(),
        change.usualMedian(),
        change.recentMedian(),
        bins.stream()
            .map(
                bin ->
                    new HistogramBin(
                        room.shortened(bin.name(), NAME),
                        bin.expectedShare(),
                        bin.observedShare(),
                        bin.contribution()))
            .toList());
  }

  private static Handling handling(Handling handling, Room room) {
    Acknowledgement acknowledgement = handling.acknowledgement();
    Judgement judgement = handling.judgement();
    return new Handling(
        handling.change(),
        handling.resolvedAtMillis(),
        handling.reopenings(),
        acknowledgement == null
            ? null
            : new Acknowledgement(
                room.shortened(acknowledgement.by(), NAME),
                acknowledgement.atMillis(),
                room.shortened(acknowledgement.note(), SENTENCE)),
        judgement == null
            ? null
            : new Judgement(
                judgement.verdict(),
                room.shortened(judgement.by(), NAME),
                judgement.atMillis(),
                room.shortened(judgement.note(), SENTENCE)));
  }

  private static int histograms(List<Evidence> evidence) {
    int count = 0;
    for (Evidence each : evidence) {
      Change change = each.change();
      count += change != null && !change.histogram().isEmpty() ? 1 : 0;
    }
    return count;
  }
}
