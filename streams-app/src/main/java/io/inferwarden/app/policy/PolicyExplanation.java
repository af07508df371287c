package io.inferwarden.app.policy;

import io.inferwarden.alerting.Severity;
import io.inferwarden.app.policy.KindSettings.KindSetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Says in plain words what a policy means. */
final class PolicyExplanation {
  private PolicyExplanation() {}

  static List<String> of(Policy policy) {
    List<String> lines = new ArrayList<>();
    explainBudget(policy.budget(), lines);
    explainTime(policy, lines);
    Policy.Dedup dedup = policy.dedup();
    lines.add(
        line(
            "dedup",
            shown(dedup.window()) + ", " + dedup.maximumIds() + " ids",
            "an event whose id comes again within "
                + shown(dedup.window())
                + " counts once; a partition remembers "
                + dedup.maximumIds()
                + " ids at most, the oldest go first"));
    lines.add(
        line(
            "tolerancePsi",
            Rule.show(policy.tolerancePsi()),
            "a shift smaller than this population stability index is taken for usual, never paged,"
                + " however certain it is"));
    lines.add(
        line(
            "maximumPrincipals",
            String.valueOf(policy.maximumPrincipals()),
            "each partition keeps evidence of at most so many principals and models, about 1 KB"
                + " each; past that a new name must ask more often than the one that makes room"
                + " for it"));
    explainKinds(policy.kinds(), lines);
    explainDeclared(policy.declared(), lines);
    for (Policy.RegisteredOrganisation entry : policy.registered()) {
      lines.add(
          line(
              "registered",
              entry.organisation(),
              "its new accounts may take up one wording together and are no ring for it, because: "
                  + entry.reason()));
    }
    return List.copyOf(lines);
  }

  private static void explainBudget(Policy.Budget budget, List<String> lines) {
    double perWeek = budget.falseIncidentsPerWeek();
    Policy.Shares shares = budget.shares();
    lines.add(
        line(
            "budget.falseIncidentsPerWeek",
            Rule.show(perWeek),
            "you accept "
                + (perWeek == 1 ? "one false incident" : Rule.show(perWeek) + " false incidents")
                + " a week, on average, over everything that is watched"));
    lines.add(share("principals", shares.principals(), perWeek, "on accusing a principal wrongly"));
    lines.add(
        share(
            "models",
            shares.models(),
            perWeek,
            "on a model whose inputs, outputs or rate are" + " as usual"));
    lines.add(
        share("silence", shares.silence(), perWeek, "on a stream that only seems to be silent"));
    lines.add(
        share(
            "fleet", shares.fleet(), perWeek, "on a cause that only seems common to many models"));
    lines.add(
        share(
            "campaigns",
            shares.campaigns(),
            perWeek,
            "on principals who only seem to belong together: of one network, or with one wording"));
    lines.add(
        line(
            "budget reserve",
            Rule.show(rounded(shares.reserve())),
            "the rest of the budget is given to nothing and stays unspent"));
    explainWeights(budget.weights(), lines);
  }

  private static void explainWeights(ModelWeights weights, List<String> lines) {
    weights
        .byModel()
        .forEach(
            (model, weight) ->
                lines.add(
                    line(
                        "budget.weights.models." + model,
                        Rule.show(weight),
                        "of what is spent on models and on silence, this model is granted "
                            + Rule.show(weight)
                            + (weight == 1 ? " time" : " times")
                            + " what a model without a weight is: more makes it alarm sooner,"
                            + " and the others later")));
  }

  private static String share(String name, double share, double perWeek, String onWhat) {
    double incidentsPerWeek = share * perWeek;
    String meaning =
        share == 0
            ? "nothing may be spent " + onWhat + ", so this kind of watching never pages"
            : Rule.show(rounded(incidentsPerWeek))
                + " false incidents a week may be spent "
                + onWhat
                + ", which is one in "
                + weeks(1 / incidentsPerWeek);
    return line("budget.shares." + name, Rule.show(share), meaning);
  }

  private static void explainTime(Policy policy, List<String> lines) {
    lines.add(
        line(
            "learning",
            shown(policy.learning()),
            "a new model version is watched this long before it is judged; until then its"
                + " events wait"));
    lines.add(
        line(
            "pane",
            shown(policy.pane()),
            "a model's events are counted in slices of this length, "
                + Rule.DAY.dividedBy(policy.pane())
                + " a day; a change is seen at the end of a slice at the earliest"));
    lines.add(
        line(
            "lateness",
            shown(policy.lateness()),
            "an event may arrive this much later than newer ones and still count in its slice"));
    lines.add(
        line(
            "idleAfter",
            shown(policy.idleAfter()),
            "a partition without events for this long no longer holds back the others"));
    lines.add(
        line(
            "quietPeriod",
            shown(policy.quietPeriod()),
            "an incident is over when nothing new has come up for this long"));
    lines.add(
        line(
            "cooldown",
            shown(policy.cooldown()),
            policy.cooldown().isZero()
                ? "an incident that is over never comes back; what comes later opens a new one"
                : "what comes up within this long after an incident's end brings it back; what"
                    + " comes later opens a new one"));
  }

  private static void explainKinds(KindSettings kinds, List<String> lines) {
    if (kinds.byKind().isEmpty()) {
      lines.add(
          line(
              "kinds",
              "none",
              "every kind of incident about a principal is raised as soon as its evidence"
                  + " suffices, whatever its severity"));
    }
    kinds
        .byKind()
        .forEach(
            (kind, setting) -> {
              lines.add(weight("kinds." + kind.code() + ".weight", setting));
              lines.add(minimalSeverity("kinds." + kind.code() + ".minimalSeverity", setting));
            });
  }

  private static String weight(String name, KindSetting setting) {
    String value = Rule.show(setting.weight());
    return setting.weight() == 1
        ? line(name, value, "this kind is raised as soon as its evidence suffices")
        : line(
            name,
            value,
            "this kind is raised only at "
                + Rule.show(rounded(setting.requiredLevel()))
                + " times the evidence that others need: later, and at most "
                + value
                + " times as many false ones");
  }

  private static String minimalSeverity(String name, KindSetting setting) {
    String value = setting.minimalSeverity().code();
    return line(
        name,
        value,
        setting.minimalSeverity() == Severity.INFO
            ? "this kind is raised whatever its severity"
            : "what this kind finds below the severity " + value + " is recorded, never raised");
  }

  private static void explainDeclared(List<DeclaredPrincipal> declared, List<String> lines) {
    if (declared.isEmpty()) {
      lines.add(line("declared", "none", "no principal's incidents are explained beforehand"));
    }
    for (DeclaredPrincipal entry : declared) {
      lines.add(
          line(
              "declared",
              entry.principal(),
              entry.role().inWords()
                  + " ("
                  + entry.role().code()
                  + ") that "
                  + entry.owner()
                  + " answers for, "
                  + entry
                      .until()
                      .map(until -> "until the start of " + until + " UTC by its events' time")
                      .orElse("without an end")
                  + ": "
                  + String.join(", ", entry.role().explained())
                  + " are recorded and open no incident, every other kind does; because: "
                  + entry.reason()));
    }
  }

  private static String line(String setting, String value, String meaning) {
    return setting + ": " + value + " — " + meaning;
  }

  private static String shown(Duration duration) {
    return DurationText.format(duration);
  }

  private static String weeks(double weeks) {
    return weeks < 1
        ? Rule.show(rounded(weeks * 7)) + " days"
        : Rule.show(rounded(weeks)) + (rounded(weeks) == 1 ? " week" : " weeks");
  }

  private static double rounded(double value) {
    return value < 0.01 ? value : Math.round(value * 1000) / 1000.0;
  }
}
