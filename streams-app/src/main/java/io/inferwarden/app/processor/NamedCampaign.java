package io.inferwarden.app.processor;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.FindingJson;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.SeverityRule;
import io.inferwarden.detectors.cohort.Adoption;
import io.inferwarden.detectors.cohort.Burst;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the incident of a campaign says: its subject stays that of the account which was named
 * first, however many join it.
 */
final class NamedCampaign {
  private static final double GROWN = 1.5;

  /** An incident goes on for as long as it is told. */
  private static final long LONGEST_SILENCE_MILLIS = 3_600_000;

  /**
   * @param events of the account that were judged by now; those of the member are of when it was
   *     named
   */
  private record Named(Member member, IncidentKind kind, long events) {}

  private final String subject;
  private final Map<String, Named> members = new LinkedHashMap<>();
  private Finding latest;
  private boolean hasCompany;

  /** Events of all members when the campaign was told last. */
  private long toldEvents;

  private long toldMillis;

  /** The account that the latest reasons are about; empty where they are about all. */
  private String latestAccount = "";

  /**
   * @param first about the account that is named first
   * @param subject of the incident, for good
   */
  NamedCampaign(Finding first, String subject) {
    this.subject = subject;
    this.latest = first;
  }

  String subject() {
    return subject;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /** Names an account, or says more of one that is named. */
  void name(String account, double confidence, Finding finding) {
    Named known = members.get(account);
    long since = known == null ? finding.atMillis() : known.member().sinceMillis();
    long events = known == null ? finding.events() : known.member().events();
    double sure =
        known != null && Double.isNaN(confidence) ? known.member().confidence() : confidence;
    members.put(
        account,
        new Named(new Member(account, since, events, sure), finding.kind(), finding.events()));
    hasCompany |= members.size() > 1;
    latest = finding;
    latestAccount = account;
  }

  /**
   * Whether so many more events were judged, or so much time has passed, that it is worth telling.
   */
  boolean isWorthTelling(long atMillis) {
    return events() >= GROWN * toldEvents || atMillis - toldMillis >= LONGEST_SILENCE_MILLIS;
  }

  private long events() {
    return members.values().stream().mapToLong(Named::events).sum();
  }

  /** Forgets the members that are not among these. */
  void retain(Set<String> accounts) {
    members.keySet().retainAll(accounts);
  }

  /**
   * Names the accounts of a burst, and no others of those that only an earlier look at it named.
   */
  void nameAll(Burst burst, Set<String> accounts, Finding finding) {
    members.keySet().removeIf(account -> !accounts.contains(account));
    latest = finding;
    latestAccount = "";
    include(burst, accounts, finding);
  }

  /** Adds the accounts of a burst to those that are named. */
  void include(Burst burst, Set<String> accounts, Finding finding) {
    for (Burst.Member member : burst.members()) {
      if (accounts.contains(member.account())) {
        Named known = members.get(member.account());
        members.put(
            member.account(),
            known == null
                ? new Named(
                    new Member(
                        member.account(), finding.atMillis(), Adoption.PROMPTS, member.posterior()),
                    finding.kind(),
                    Adoption.PROMPTS)
                : known);
      }
    }
    for (String account : burst.lateJoiners()) {
      if (accounts.contains(account)) {
        members.putIfAbsent(
            account,
            new Named(
                new Member(account, finding.atMillis(), Adoption.PROMPTS, Double.NaN),
                finding.kind(),
                Adoption.PROMPTS));
      }
    }
    hasCompany |= members.size() > 1;
  }

  /** How many of these accounts it names. */
  int overlap(Set<String> accounts) {
    int named = 0;
    for (String account : accounts) {
      named += members.containsKey(account) ? 1 : 0;
    }
    return named;
  }

  int size() {
    return members.size();
  }

  /** Moves an account here that was named elsewhere. */
  void takeFrom(NamedCampaign other, String account) {
    Named moved = other.members.remove(account);
    if (moved != null) {
      members.putIfAbsent(account, moved);
      hasCompany |= members.size() > 1;
    }
  }

  /** The campaign as its incident is to tell it at that time. */
  Finding finding(long atMillis) {
    IncidentKind kind = kind();
    List<Member> named = new ArrayList<>();
    for (Named one : members.values()) {
      if (hasCompany && named.size() < Member.MOST_NAMED) {
        named.add(one.member());
      }
    }
    toldEvents = events();
    toldMillis = atMillis;
    return new Finding(
        subject,
        latest.model(),
        latest.version(),
        kind,
        SeverityRule.of(kind, members.size()).or(latest.severity()),
        atMillis,
        latest.onsetMillis(),
        hasCompany ? toldEvents : latest.events(),
        latest.level(),
        latest.chanceOnceInMillis(),
        reasons(),
        latest.models(),
        named,
        hasCompany ? members.size() : 0);
  }

  /** The latest reasons: whose they are, and why so little is enough where it is little. */
  private List<Evidence> reasons() {
    List<Evidence> reasons = new ArrayList<>();
    for (Evidence reason : latest.evidence()) {
      reasons.add(
          hasCompany && !latestAccount.isEmpty()
              ? new Evidence(
                  reason.signal(),
                  reason.share(),
                  reason.description(),
                  reason.expected(),
                  reason.observed(),
                  latestAccount + ": " + reason.sentence(),
                  reason.change())
              : reason);
    }
    if (latest.level() < 1) {
      String sentence =
          "its evidence alone is below its alarm level: it is accused with its network, or since it"
              + " asks like accounts that are accused";
      reasons.add(
          new Evidence("company", 0, "accused with others", Double.NaN, Double.NaN, sentence));
    }
    return reasons;
  }

  /** What most of its members seem to be after; the broader kind among equals. */
  private IncidentKind kind() {
    Map<IncidentKind, Integer> votes = new EnumMap<>(IncidentKind.class);
    members.values().forEach(one -> votes.merge(one.kind(), 1, Integer::sum));
    IncidentKind most = latest.kind();
    for (Map.Entry<IncidentKind, Integer> vote : votes.entrySet()) {
      if (vote.getValue() > votes.getOrDefault(most, 0)) {
        most = vote.getKey();
      }
    }
    return most;
  }

  void writeTo(StateWriter out) {
    out.writeBytes(FindingJson.toJson(latest)).writeString(subject).writeBoolean(hasCompany);
    out.writeLong(toldEvents).writeLong(toldMillis).writeString(latestAccount);
    out.writeInt(members.size());
    for (Named one : members.values()) {
      out.writeString(one.member().principal()).writeLong(one.member().sinceMillis());
      out.writeLong(one.member().events()).writeDouble(one.member().confidence());
      out.writeString(one.kind().code()).writeLong(one.events());
    }
  }

  static NamedCampaign readFrom(StateReader in) {
    Finding latest = FindingJson.fromJson(in.readBytes());
    NamedCampaign campaign = new NamedCampaign(latest, in.readString());
    campaign.hasCompany = in.readBoolean();
    campaign.toldEvents = in.readLong();
    campaign.toldMillis = in.readLong();
    campaign.latestAccount = in.readString();
    for (int left = in.readInt(); left > 0; left--) {
      Member member = new Member(in.readString(), in.readLong(), in.readLong(), in.readDouble());
      campaign.members.put(
          member.principal(),
          new Named(member, IncidentKind.ofCode(in.readString()), in.readLong()));
    }
    return campaign;
  }
}
