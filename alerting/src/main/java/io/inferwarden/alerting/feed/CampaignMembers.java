package io.inferwarden.alerting.feed;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the members of a campaign's incident follow from a finding. A finding holds the complete list
 * of its time, so the latest list replaces the older one; a member stays where it was, with the
 * time at which it was first named, and new ones come after it. A finding without members says
 * nothing about them.
 */
final class CampaignMembers {
  private CampaignMembers() {}

  /** Whether the finding's list replaces the incident's. */
  static boolean areTakenFrom(Finding finding, Incident current) {
    boolean isNewer =
        finding.atMillis() >= current.lastSeenAtMillis() || current.members().isEmpty();
    return isNewer && !finding.members().isEmpty();
  }

  /** The members after a finding whose list replaces the incident's. */
  static List<Member> merged(List<Member> before, List<Member> latest) {
    Map<String, Member> remaining = new LinkedHashMap<>();
    for (Member member : latest) {
      remaining.put(member.principal(), member);
    }
    List<Member> merged = new ArrayList<>(latest.size());
    for (Member known : before) {
      Member still = remaining.remove(known.principal());
      if (still != null) {
        merged.add(still.since(known.sinceMillis()));
      }
    }
    merged.addAll(remaining.values());
    return merged;
  }
}
