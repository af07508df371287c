package io.inferwarden.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelMetricsTest {
  private static final String EVIDENCE = "inferwarden_model_evidence_log10";
  private static final String EVENTS = "inferwarden_model_events_total";

  private final CollectorRegistry registry = new CollectorRegistry();
  private final AppMetrics metrics = new AppMetrics(registry);
  private final Object owner = new Object();

  private static ModelReport report(double log10) {
    return new ModelReport(
        List.of(new ModelReport.KindEvidence("input_drift", log10, 3, Map.of("age", .75))),
        Map.of("fraud", new ModelReport.LabelShare(.25, .5)),
        Map.of(ModelFigure.ERROR_RATIO, .125),
        List.of("7"));
  }

  private Double evidenceOf(String model) {
    return registry.getSampleValue(
        EVIDENCE, new String[] {"model", "kind"}, new String[] {model, "input_drift"});
  }

  private Double dropped(String family) {
    return registry.getSampleValue(
        "inferwarden_metric_series_dropped_total", new String[] {"family"}, new String[] {family});
  }

  @Test
  void showsTheLatestReportOfAModelAndNothingOfTheOneBefore() {
    metrics.models.show(owner, "m", report(1));
    metrics.models.show(
        owner, "m", new ModelReport(report(2).evidence(), Map.of(), Map.of(), List.of("8")));

    assertThat(evidenceOf("m")).isEqualTo(2);
    assertThat(
            registry.getSampleValue(
                "inferwarden_model_cause_share",
                new String[] {"model", "kind", "cause"},
                new String[] {"m", "input_drift", "age"}))
        .isEqualTo(.75);
    assertThat(
            registry.getSampleValue(
                "inferwarden_model_version_info",
                new String[] {"model", "version"},
                new String[] {"m", "7"}))
        .isNull();
    assertThat(
            registry.getSampleValue(
                "inferwarden_model_error_ratio", new String[] {"model"}, new String[] {"m"}))
        .isNull();
  }

  @Test
  void onlyWhoShowedAModelLastHidesIt() {
    Object former = new Object();
    metrics.models.show(former, "m", report(1));
    metrics.models.show(owner, "m", report(2));

    metrics.models.hide(former, "m");
    assertThat(evidenceOf("m")).isEqualTo(2);

    metrics.models.hide(owner, "m");
    assertThat(evidenceOf("m")).isNull();
  }

  @Test
  void modelsBeyondTheBoundAreShownAsOneWhichIsTheNearestToAnAlarm() {
    for (int i = 0; i < ModelMetrics.MOST_MODELS; i++) {
      metrics.models.show(owner, "m" + i, report(.5));
    }
    assertThat(dropped(EVIDENCE)).isNull();

    metrics.models.show(owner, "calm", report(1));
    metrics.models.show(owner, "alarmed", report(4));
    metrics.models.show(owner, LabelBound.OTHER, report(2));

    assertThat(evidenceOf("m199")).isEqualTo(.5);
    assertThat(evidenceOf("alarmed")).isNull();
    assertThat(evidenceOf(LabelBound.OTHER)).isEqualTo(4);
    assertThat(dropped(EVIDENCE)).isEqualTo(3);
    assertThat(dropped("inferwarden_model_error_ratio")).isEqualTo(3);
    assertThat(dropped("inferwarden_promise_suspended")).as("none had it").isNull();
  }

  @Test
  void aModelThatGoesLeavesItsPlaceToAnother() {
    for (int i = 0; i <= ModelMetrics.MOST_MODELS; i++) {
      metrics.models.show(owner, "m" + i, report(1));
    }
    metrics.models.hide(owner, "m0");
    metrics.models.show(owner, "m200", report(2));

    assertThat(evidenceOf("m200")).isEqualTo(2);
    assertThat(evidenceOf(LabelBound.OTHER)).isNull();
  }

  @Test
  void countsEveryEventUnderSomeModelHoweverManyNamesThereAre() {
    for (int i = 0; i < 1000; i++) {
      metrics.eventsOf("m" + i).inc();
    }

    assertThat(registry.getSampleValue(EVENTS, new String[] {"model"}, new String[] {"m199"}))
        .isEqualTo(1);
    assertThat(
            registry.getSampleValue(
                EVENTS, new String[] {"model"}, new String[] {LabelBound.OTHER}))
        .isEqualTo(800);
    assertThat(dropped(EVENTS)).isEqualTo(800);
  }

  @Test
  void incidentsAndPrincipalsAreBoundedByModelToo() {
    for (int i = 0; i < 300; i++) {
      metrics.countOpened("evasion", "m" + i);
      metrics.showPrincipals("m" + i, "0", 1);
    }

    assertThat(
            registry.getSampleValue(
                "inferwarden_incidents_opened_total",
                new String[] {"kind", "model"},
                new String[] {"evasion", LabelBound.OTHER}))
        .isEqualTo(100);
    assertThat(dropped("inferwarden_principal_mean_evidence")).isEqualTo(100);
    metrics.hidePrincipals("m0", "0");
    assertThat(
            registry.getSampleValue(
                "inferwarden_principal_mean_evidence",
                new String[] {"model", "partition"},
                new String[] {"m0", "0"}))
        .isNull();
  }
}
