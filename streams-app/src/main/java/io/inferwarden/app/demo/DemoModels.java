package io.inferwarden.app.demo;

import io.inferwarden.app.demo.FeatureSpace.Category;
import io.inferwarden.app.demo.FeatureSpace.Numeric;
import java.util.List;
import java.util.SplittableRandom;

/** The models of the simulated deployment. */
final class DemoModels {
  private DemoModels() {}

  static ServedModel fraudScorer(SplittableRandom random) {
    FeatureSpace space =
        new FeatureSpace(
            List.of(
                new Numeric("account_age_days", 5.5, .9, true),
                new Numeric("amount", 4, 1.1, true),
                new Numeric("distance_km", 3, 1.3, true),
                new Numeric("items", 4, 1.2, false),
                new Numeric("merchant_risk", .4, .12, false),
                new Numeric("minutes_since_last", 5, 1.2, true),
                new Numeric("spend_ratio", 1, .3, false),
                new Numeric("velocity_24h", 12, 3.5, false)),
            List.of(
                new Category("channel", List.of("app", "web", "store", "phone")),
                new Category("country", List.of("DE", "FR", "GB", "NL", "PL", "US"))));
    List<String> labels =
        List.of("legitimate", "card-testing", "account-takeover", "friendly-fraud", "mule");
    return ServedModel.train("fraud-scorer", "7", labels, space, random);
  }

  static ServedModel churnPredictor(SplittableRandom random) {
    FeatureSpace space =
        new FeatureSpace(
            List.of(
                new Numeric("monthly_spend", 3.5, .6, true),
                new Numeric("satisfaction", 6, 1.2, false),
                new Numeric("support_calls", 5, 1.2, false),
                new Numeric("tenure_months", 3, .7, true),
                new Numeric("weekly_hours", 9, 2.5, false)),
            List.of(new Category("plan", List.of("basic", "plus", "business"))));
    return ServedModel.train(
        "churn-predictor", "3", List.of("stays", "wavers", "leaves"), space, random);
  }

  static ServedModel creditRisk(SplittableRandom random) {
    FeatureSpace space =
        new FeatureSpace(
            List.of(
                new Numeric("age", 44, 9, false),
                new Numeric("debt_ratio", .35, .1, false),
                new Numeric("income", 10.5, .5, true),
                new Numeric("loan", 9, .8, true),
                new Numeric("utilisation", .45, .14, false)),
            List.of(new Category("purpose", List.of("car", "home", "study", "other"))));
    return ServedModel.train(
        "credit-risk", "12", List.of("low", "medium", "high", "refuse"), space, random);
  }

  static ServedModel supportTriage(SplittableRandom random) {
    FeatureSpace space =
        new FeatureSpace(
            List.of(
                new Numeric("account_value", 6, 1, true),
                new Numeric("message_words", 4, .8, true),
                new Numeric("open_tickets", 4, 1.1, false),
                new Numeric("urgency", .5, .15, false)),
            List.of(new Category("language", List.of("de", "en", "es", "fr"))));
    return ServedModel.train(
        "support-triage", "5", List.of("billing", "bug", "question", "outage"), space, random);
  }
}
