package io.inferwarden.app.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run over recorded events compares with the truth. The component names are the published
 * JSON contract.
 *
 * @param events judged events
 * @param rejected malformed events
 * @param seconds duration of the run
 * @param eventsPerSecond judged events per second of the run
 */
public record BacktestReport(
    long events,
    long rejected,
    double seconds,
    long eventsPerSecond,
    Principals principals,
    List<Attack> attacks,
    List<ReportedCampaign> campaigns,
    Models models,
    Budget budget,
    List<Incident> incidents) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Who was seen and who was accused; only {@code total} is known of a run without labels. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Principals(
      int total,
      @Nullable Integer attacking,
      @Nullable Integer benign,
      @Nullable Integer detected,
      @Nullable Integer falseAlarms,
      @Nullable Map<String, Integer> falseAlarmRoles) {}

  /**
   * One type of attack. Quantiles are nearest-rank over all its principals, an undetected one
   * counting as infinitely late: null when the rank falls on such a one. Fidelities are null when
   * the labels record none that early.
   */
  public record Attack(
      String type,
      int principals,
      int detected,
      @Nullable Long medianQueriesToDetect,
      @Nullable Long p90QueriesToDetect,
      @Nullable Double medianFidelityAtDetection,
      @Nullable Double finalFidelity) {}

  /**
   * One labelled campaign, of one account or of many, and the incident that named most of it.
   *
   * @param accounts that took part
   * @param named how many of them any incident named
   * @param incident id of the incident that named most of them; null when none did
   * @param namedByIncident how many it named
   * @param strangers principals that it named and that were no part of the campaign
   * @param queriesAtDetection queries of all its accounts when the first was named
   * @param medianQueriesPerAccount queries of an account until it was named, nearest rank over all
   *     accounts; null when fewer than half were named
   * @param fidelityAtDetection how far its copy agreed with the model when the first was named;
   *     null when the labels record none that early
   */
  public record ReportedCampaign(
      String campaign,
      String attack,
      int accounts,
      int named,
      @Nullable String incident,
      int namedByIncident,
      int strangers,
      @Nullable Long queriesAtDetection,
      @Nullable Long medianQueriesPerAccount,
      @Nullable Double fidelityAtDetection,
      @Nullable Double finalFidelity) {}

  /** Changes of models; the counts are absent when there are no labels. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Models(
      @Nullable Integer expected,
      @Nullable Integer detected,
      @Nullable Integer quiet,
      @Nullable Integer falseAlarms,
      List<Change> changes) {}

  /**
   * One labelled change. {@code detected} says that an incident of its model opened after it, or,
   * where none should, at any time; the delay is null unless it should and did. Only incidents that
   * page count. {@code explained} says of a declared new version that an incident announced it;
   * absent for other changes.
   */
  public record Change(
      String model,
      String change,
      TraceLabels.Expected expected,
      boolean detected,
      @Nullable Double delaySeconds,
      @Nullable Long delayEvents,
      @Nullable String topCause,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean explained) {}

  /**
   * Expected false incidents promised and spent, and how many were seen; the last is null without
   * labels.
   */
  public record Budget(double promised, double spent, @Nullable Integer observedFalse) {}

  /**
   * An incident in the order of opening: an alarm about a model as it opened; one about principals,
   * or a report of a state, such as a new version, as it was told last.
   *
   * @param pages whether it is worth waking someone
   * @param members the principals that a campaign names
   * @param models the models that a common cause names
   * @param runbook path of the page that says what to do
   */
  public record Incident(
      String id,
      String subject,
      String model,
      String kind,
      String severity,
      boolean pages,
      long openedAt,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> members,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> models,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String runbook,
      JsonNode evidence) {}

  /** This report as indented JSON. */
  public String toJson() {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("the report could not be written as JSON", impossible);
    }
  }
}
