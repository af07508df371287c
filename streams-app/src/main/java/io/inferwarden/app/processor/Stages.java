package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.app.message.FleetMessage;
import io.inferwarden.app.message.LearningMessage;
import io.inferwarden.app.message.LearningMessageSerde;
import io.inferwarden.app.message.PaneMessage;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStoreBuilder;
import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.cohort.PrefixCohort;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** The boxes of the diagram, each with the state that it keeps. */
public final class Stages {
  private final DetectionSettings settings;
  private final AlertRouting routing;
  private final AppMetrics metrics;
  private final Supplier<EventReading> reading;
  private final InstanceActivity activity = new InstanceActivity();
  private final LearnedParts learned = new LearnedParts();
  private final LearningMemory memory = LearningMemory.ofThisProcess();
  private final CommitPace.Threads threads = new CommitPace.Threads();

  /** Stages that parse events where they are read. */
  public Stages(DetectionSettings settings, AlertRouting routing, AppMetrics metrics) {
    this(settings, routing, metrics, EventReading::onTheSpot);
  }

  /**
   * @param reading how the first stage of a partition comes by its events
   */
  public Stages(
      DetectionSettings settings,
      AlertRouting routing,
      AppMetrics metrics,
      Supplier<EventReading> reading) {
    this.reading = reading;
    this.settings = settings;
    this.routing = routing;
    this.metrics = metrics;
    metrics.promise(settings.budget());
  }

  public ProcessorSupplier<byte[], byte[], String, Object> watchEvents() {
    return stage(
        this::newWatchEvents,
        store(Stores.EVENT_IDS, IdSegment.CODEC),
        store(Stores.PARTITION_CLOCK, PartitionClock.State.CODEC),
        store(Stores.LEARNING_PANES, LearningPanes.CODEC),
        store(Stores.LEARNING_PRINCIPALS, StateCodec.LONG),
        store(Stores.WAITING_EVENTS, WaitingEvents.Waiting.CODEC),
        store(Stores.BASELINES_IN_USE, StateCodec.LONG),
        store(Stores.PRINCIPALS, TrackedPrincipal.CODEC),
        store(Stores.NAME_FREQUENCIES, FrequencyBlock.CODEC),
        store(Stores.NEW_NAMES, NewNames.CODEC),
        store(Stores.COMMON_CAUSES, StateCodec.LONG),
        store(Stores.OPEN_PANES, OpenPane.CODEC));
  }

  private WatchEvents newWatchEvents() {
    SummarisePanes counting = new SummarisePanes(settings, metrics, learned);
    WatchPrincipals judging = new WatchPrincipals(settings, metrics, learned, counting, threads);
    AwaitBaseline joining =
        new AwaitBaseline(settings, metrics, activity, judging, memory, threads);
    ReadEvents first = new ReadEvents(settings, metrics, reading.get(), joining);
    return new WatchEvents(first, joining, judging, counting);
  }

  public ProcessorSupplier<String, CohortMessage, String, Finding> judgeCohorts() {
    return stage(
        () -> new JudgeCohorts(settings, metrics, learned, threads),
        store(Stores.COHORT_PROGRESS, StateCodec.LONG),
        store(Stores.COHORT_PENDING, PendingReports.CODEC),
        store(Stores.NETWORKS, NETWORKS),
        store(Stores.CAMPAIGNS, ModelCampaigns.CODEC),
        store(Stores.BURSTS, ModelBursts.CODEC));
  }

  private static final StateCodec<PrefixCohort> NETWORKS =
      new StateCodec<>() {
        @Override
        public void write(PrefixCohort network, StateWriter out) {
          network.writeTo(out);
        }

        @Override
        public PrefixCohort read(StateReader in) {
          return PrefixCohort.readFrom(in);
        }
      };

  public ProcessorSupplier<String, LearningMessage, String, Object> learnBaselines() {
    return stage(
        () -> new LearnBaselines(settings, metrics, memory, threads),
        store(Stores.LEARNING_SAMPLES, codecOf(new LearningMessageSerde())),
        store(Stores.LEARNING_UNTIL, StateCodec.LONG),
        store(Stores.LEARNING_PROGRESS, StateCodec.LONG));
  }

  public ProcessorSupplier<String, PaneMessage, String, FleetMessage> judgeModels() {
    return stage(
        () -> new JudgeModels(settings, metrics, learned, threads),
        store(Stores.MODELS, JudgedBaseline.CODEC),
        store(Stores.PANE_PROGRESS, StateCodec.LONG));
  }

  public ProcessorSupplier<String, FleetMessage, String, Object> foldCommonCauses() {
    return stage(
        () -> new FoldCommonCauses(settings, metrics, threads),
        store(Stores.FLEET_PROGRESS, StateCodec.LONG),
        store(Stores.FLEET_PANES, FleetPane.CODEC),
        store(Stores.FLEET_CAUSES, FleetCause.CODEC));
  }

  public ProcessorSupplier<String, Object, String, Incident> trackIncidents() {
    return stage(
        () -> new TrackIncidents(settings, routing.sinks(), metrics, threads),
        store(Stores.INCIDENTS, codecOf(IncidentJson.serde())));
  }

  public ProcessorSupplier<String, Incident, String, Object> routeIncidents() {
    return stage(
        () -> new RouteIncidents(routing), store(Stores.ROUTED_INCIDENTS, RoutedIncident.CODEC));
  }

  private <V> StoreBuilder<?> store(String name, StateCodec<V> codec) {
    return new ObjectStoreBuilder<>(name, codec, settings.changelogs());
  }

  private static <K, V, A, B> ProcessorSupplier<K, V, A, B> stage(
      Supplier<Processor<K, V, A, B>> processor, StoreBuilder<?>... stores) {
    Set<StoreBuilder<?>> kept = Set.of(stores);
    return new ProcessorSupplier<>() {
      @Override
      public Processor<K, V, A, B> get() {
        return processor.get();
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return kept;
      }
    };
  }

  private static <V> StateCodec<V> codecOf(Serde<V> serde) {
    return new StateCodec<>() {
      @Override
      public void write(V value, StateWriter out) {
        out.writeBytes(serde.serializer().serialize("", value));
      }

      @Override
      public V read(StateReader in) {
        return serde.deserializer().deserialize("", in.readBytes());
      }
    };
  }
}
