package io.inferwarden.app.topology;

import io.inferwarden.alerting.FindingJson;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.feed.IncidentActionJson;
import io.inferwarden.alerting.feed.LedgerInput;
import io.inferwarden.alerting.outbox.DeliveryJson;
import io.inferwarden.alerting.outbox.NotificationJson;
import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.alert.OpenIncidents;
import io.inferwarden.app.alert.Silences;
import io.inferwarden.app.baseline.BaselineRegistry;
import io.inferwarden.app.message.CohortMessageSerde;
import io.inferwarden.app.message.FleetMessageSerde;
import io.inferwarden.app.message.LearningMessageSerde;
import io.inferwarden.app.message.PaneMessageSerde;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.PolicyRegistry;
import io.inferwarden.app.processor.FollowTopic;
import io.inferwarden.app.processor.Stages;
import io.inferwarden.app.release.DeclaredReleases;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.GlobalStoreBuilder;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/**
 * The way of the data, top to bottom as in {@code docs/architecture.md}: events are read once and
 * judged where they are read; what crosses the network grows with models, panes and incidents, not
 * with traffic.
 */
public final class DetectionTopology {
  private DetectionTopology() {}

  /** Builds the topology; the same for production, for tests and for a backtest. */
  public static Topology build(
      DetectionSettings settings, AlertRouting routing, AppMetrics metrics) {
    return wire(new Topology(), new Stages(settings, routing, metrics));
  }

  /** Wires the stages into a topology that has nothing in it. */
  public static <T extends Topology> T wire(T topology, Stages stages) {
    StringSerializer key = new StringSerializer();
    StringDeserializer keyOf = new StringDeserializer();
    ByteArraySerializer bytes = new ByteArraySerializer();
    ByteArrayDeserializer bytesOf = new ByteArrayDeserializer();
    LearningMessageSerde learning = new LearningMessageSerde();
    PaneMessageSerde panes = new PaneMessageSerde();
    CohortMessageSerde cohorts = new CohortMessageSerde();
    FleetMessageSerde fleet = new FleetMessageSerde();
    var findings = FindingJson.serde();
    var incidents = IncidentJson.serde();
    var actions = IncidentActionJson.serde();

    // What every instance knows: baselines, the policy, open incidents, silences and deployments.
    topology.addGlobalStore(
        new GlobalStoreBuilder<>(Stores.BASELINES, BaselineRegistry::new),
        Nodes.BASELINES_SOURCE,
        keyOf,
        bytesOf,
        Topics.BASELINES,
        Nodes.KEEP_BASELINES,
        FollowTopic.into(Stores.BASELINES));
    topology.addGlobalStore(
        new GlobalStoreBuilder<>(Stores.POLICIES, PolicyRegistry::new),
        Nodes.POLICIES_SOURCE,
        keyOf,
        bytesOf,
        Topics.POLICIES,
        Nodes.KEEP_POLICIES,
        FollowTopic.into(Stores.POLICIES));

    topology.addGlobalStore(
        new GlobalStoreBuilder<>(Stores.OPEN_INCIDENTS, OpenIncidents::new),
        Nodes.OPEN_INCIDENTS_SOURCE,
        keyOf,
        bytesOf,
        Topics.INCIDENT_BOOK,
        Nodes.KEEP_OPEN_INCIDENTS,
        FollowTopic.into(Stores.OPEN_INCIDENTS));
    topology.addGlobalStore(
        new GlobalStoreBuilder<>(Stores.SILENCES, Silences::new),
        Nodes.SILENCES_SOURCE,
        keyOf,
        bytesOf,
        Topics.SILENCES,
        Nodes.KEEP_SILENCES,
        FollowTopic.into(Stores.SILENCES));
    topology.addGlobalStore(
        new GlobalStoreBuilder<>(Stores.DECLARED_RELEASES, DeclaredReleases::new),
        Nodes.DEPLOYMENTS_SOURCE,
        keyOf,
        bytesOf,
        Topics.DEPLOYMENTS,
        Nodes.KEEP_DECLARED_RELEASES,
        FollowTopic.into(Stores.DECLARED_RELEASES));

    // Where the events are read: principals are judged, panes are counted, samples are taken.
    topology
        .addSource(Nodes.INFERENCE_EVENTS, bytesOf, bytesOf, Topics.INFERENCE_EVENTS)
        .addProcessor(Nodes.WATCH_EVENTS, stages.watchEvents(), Nodes.INFERENCE_EVENTS)
        .addSink(Nodes.DEAD_LETTERS, Topics.DEAD_LETTER_EVENTS, key, bytes, Nodes.WATCH_EVENTS)
        .addSink(
            Nodes.LEARNING_SAMPLES,
            Topics.LEARNING_SAMPLES,
            key,
            learning.serializer(),
            Broadcast.progress(),
            Nodes.WATCH_EVENTS)
        .addSink(
            Nodes.PANE_SUMMARIES,
            Topics.PANE_SUMMARIES,
            key,
            panes.serializer(),
            Broadcast.progress(),
            Nodes.WATCH_EVENTS)
        .addSink(
            Nodes.COHORT_REPORTS,
            Topics.COHORT_REPORTS,
            key,
            cohorts.serializer(),
            Nodes.WATCH_EVENTS)
        .addSink(
            Nodes.FLOOD_FINDINGS, Topics.FINDINGS, key, findings.serializer(), Nodes.WATCH_EVENTS);

    // All accounts in one place: those that belong together become one finding.
    topology
        .addSource(
            Nodes.COHORT_REPORTS_SOURCE, keyOf, cohorts.deserializer(), Topics.COHORT_REPORTS)
        .addProcessor(Nodes.JUDGE_COHORTS, stages.judgeCohorts(), Nodes.COHORT_REPORTS_SOURCE)
        .addSink(
            Nodes.COHORT_FINDINGS,
            Topics.FINDINGS,
            key,
            findings.serializer(),
            Nodes.JUDGE_COHORTS);

    // By model: baselines are learned.
    topology
        .addSource(
            Nodes.LEARNING_SAMPLES_SOURCE, keyOf, learning.deserializer(), Topics.LEARNING_SAMPLES)
        .addProcessor(Nodes.LEARN_BASELINES, stages.learnBaselines(), Nodes.LEARNING_SAMPLES_SOURCE)
        .addSink(Nodes.BASELINES, Topics.BASELINES, key, bytes, Nodes.LEARN_BASELINES)
        .addSink(
            Nodes.LEARNING_FINDINGS,
            Topics.FINDINGS,
            key,
            findings.serializer(),
            Nodes.LEARN_BASELINES);

    // By model: panes are merged and judged.
    topology
        .addSource(Nodes.PANE_SUMMARIES_SOURCE, keyOf, panes.deserializer(), Topics.PANE_SUMMARIES)
        .addProcessor(Nodes.JUDGE_MODELS, stages.judgeModels(), Nodes.PANE_SUMMARIES_SOURCE)
        .addSink(
            Nodes.MODEL_FINDINGS,
            Topics.MODEL_FINDINGS,
            key,
            fleet.serializer(),
            Nodes.JUDGE_MODELS);

    // All models in one place: what they have in common becomes one finding.
    topology
        .addSource(Nodes.MODEL_FINDINGS_SOURCE, keyOf, fleet.deserializer(), Topics.MODEL_FINDINGS)
        .addProcessor(
            Nodes.FOLD_COMMON_CAUSES, stages.foldCommonCauses(), Nodes.MODEL_FINDINGS_SOURCE)
        .addSink(
            Nodes.FLEET_FINDINGS,
            Topics.FINDINGS,
            key,
            findings.serializer(),
            Nodes.FOLD_COMMON_CAUSES)
        .addSink(
            Nodes.MOMENTS,
            Topics.FINDINGS, // in the order in which they were told: no moment overtakes a finding
            key,
            actions.serializer(),
            Broadcast.all(),
            Nodes.FOLD_COMMON_CAUSES);

    // By subject: findings become incidents, and incidents find their way to sinks.
    topology
        .addSource(Nodes.FINDINGS_SOURCE, keyOf, LedgerInput.deserializer(), Topics.FINDINGS)
        .addSource(
            Nodes.INCIDENT_ACTIONS_SOURCE, keyOf, actions.deserializer(), Topics.INCIDENT_ACTIONS)
        .addProcessor(
            Nodes.TRACK_INCIDENTS,
            stages.trackIncidents(),
            Nodes.FINDINGS_SOURCE,
            Nodes.INCIDENT_ACTIONS_SOURCE)
        .addProcessor(Nodes.ROUTE_INCIDENTS, stages.routeIncidents(), Nodes.TRACK_INCIDENTS)
        .addSink(
            Nodes.INCIDENTS, Topics.INCIDENTS, key, incidents.serializer(), Nodes.TRACK_INCIDENTS)
        .addSink(
            Nodes.INCIDENT_BOOK,
            Topics.INCIDENT_BOOK,
            key,
            incidents.serializer(),
            Nodes.TRACK_INCIDENTS)
        .addSink(
            Nodes.NOTIFICATIONS,
            Topics.NOTIFICATIONS,
            key,
            NotificationJson.serde().serializer(),
            Nodes.ROUTE_INCIDENTS)
        .addSink(
            Nodes.DELIVERIES,
            Topics.DELIVERIES,
            key,
            DeliveryJson.serde().serializer(),
            Nodes.ROUTE_INCIDENTS);
    return topology;
  }
}
