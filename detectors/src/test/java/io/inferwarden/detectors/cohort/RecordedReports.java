package io.inferwarden.detectors.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * What the principal stage would report over a trace: the evidence of principal_evidence.py at
 * steps of half a nat, with recent counts from the least bar on, and again when the events of an
 * accused account have doubled. Written by src/test/python/cohort_reports.py.
 */
final class RecordedReports {
  private static final double ACCEPTED_ACCUSALS = .1;

  private final JsonNode json;
  private final double[][] p;
  private final LikenessCampaigns campaigns;
  private final Map<Integer, PrefixCohort> cohorts = new HashMap<>();
  private final Map<Integer, Integer> queries = new TreeMap<>();
  private final Set<Integer> met = new HashSet<>();

  private RecordedReports(JsonNode json) {
    this.json = json;
    this.p = new double[json.path("p").size()][];
    double[] kappa = new double[p.length];
    for (int s = 0; s < p.length; s++) {
      JsonNode shares = json.path("p").get(s);
      p[s] = new double[shares.size()];
      for (int k = 0; k < shares.size(); k++) {
        p[s][k] = Math.max(1e-9, shares.get(k).asDouble());
      }
      kappa[s] = json.path("kappa").get(s).asDouble();
    }
    this.campaigns =
        new LikenessCampaigns(p, kappa, json.path("principals").asDouble(), ACCEPTED_ACCUSALS);
  }

  static RecordedReports replay(InputStream compressed) throws IOException {
    RecordedReports reports =
        new RecordedReports(new ObjectMapper().readTree(new GZIPInputStream(compressed)));
    reports.json.path("reports").forEach(reports::hear);
    return reports;
  }

  private void hear(JsonNode report) {
    int account = report.get(0).asInt();
    String name = String.valueOf(account);
    double logEvidence = report.get(2).asDouble();
    PrefixCohort cohort =
        cohorts.computeIfAbsent(report.get(1).asInt(), prefix -> new PrefixCohort());
    if (met.add(account)) {
      cohort.meet();
    }
    double alarmBar = Math.log(json.path("principals").asDouble() / ACCEPTED_ACCUSALS);
    cohort.report(name, logEvidence, alarmBar);
    if (report.size() > 5) {
      campaigns
          .consider(name, logEvidence, counts(report.get(5)), report.get(3).asLong(), cohort.bar())
          .ifPresent(placement -> queries.putIfAbsent(account, report.get(4).asInt()));
    }
    if (queries.containsKey(account)) {
      cohort.accuse(name);
    }
  }

  private double[][] counts(JsonNode sparse) {
    double[][] counts = new double[p.length][];
    int[] starts = new int[p.length];
    for (int s = 0; s < p.length; s++) {
      counts[s] = new double[p[s].length];
      starts[s] = s == 0 ? 0 : starts[s - 1] + p[s - 1].length;
    }
    for (JsonNode one : sparse) {
      int bin = one.get(0).asInt();
      int s = p.length - 1;
      while (starts[s] > bin) {
        s--;
      }
      counts[s][bin - starts[s]] = one.get(1).asDouble();
    }
    return counts;
  }

  String role(int account) {
    return json.path("roles").get(account).asText();
  }

  /** How many accounts of each role were accused. */
  Map<String, Integer> accused() {
    Map<String, Integer> accused = new TreeMap<>();
    queries.keySet().forEach(account -> accused.merge(role(account), 1, Integer::sum));
    return accused;
  }

  /** Median number of queries of the accounts of a role when accused. */
  double medianQueries(String role) {
    List<Integer> all = new ArrayList<>();
    queries.forEach(
        (account, asked) -> {
          if (role(account).equals(role)) {
            all.add(asked);
          }
        });
    all.sort(null);
    int size = all.size();
    return size == 0 ? Double.NaN : (all.get((size - 1) / 2) + all.get(size / 2)) / 2.0;
  }

  /** The roles of the members of the campaign that has most accounts of a role. */
  Map<String, Integer> campaignOf(String role) {
    Map<String, Integer> best = new TreeMap<>();
    for (long campaign : campaigns.campaigns()) {
      Map<String, Integer> members = new TreeMap<>();
      for (String account : campaigns.members(campaign)) {
        members.merge(role(Integer.parseInt(account)), 1, Integer::sum);
      }
      if (members.getOrDefault(role, 0) > best.getOrDefault(role, 0)) {
        best = members;
      }
    }
    return best;
  }

  /** The roles in network prefixes that have alarmed. */
  Set<String> rolesOfAlarmedPrefixes() {
    Set<Integer> alarmed = new HashSet<>();
    cohorts.forEach(
        (prefix, cohort) -> {
          if (cohort.alarmed()) {
            alarmed.add(prefix);
          }
        });
    Set<String> roles = new TreeSet<>();
    for (JsonNode report : json.path("reports")) {
      if (alarmed.contains(report.get(1).asInt())) {
        roles.add(report.get(1).asInt() + " " + role(report.get(0).asInt()));
      }
    }
    return roles;
  }
}
