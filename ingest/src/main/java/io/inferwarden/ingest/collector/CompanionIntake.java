package io.inferwarden.ingest.collector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.source.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes deployments and feedback: one object, or an array of them. Each becomes a record of its
 * own. When the log goes away half-way, the sender is told so and sends all again; a reader of the
 * topics sees some twice then.
 */
public final class CompanionIntake {
  private static final int MOST_AT_ONCE = 1000;
  private static final int DEEPEST_NESTING = 50;

  private final String deploymentsTopic;
  private final String feedbackTopic;
  private final CompanionNames names;
  private final EventLog log;
  private final CollectorMetrics metrics;
  private final Answers answers = new JsonAnswers();
  private final ObjectMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST_NESTING).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public CompanionIntake(
      String deploymentsTopic,
      String feedbackTopic,
      CompanionNames names,
      EventLog log,
      CollectorMetrics metrics) {
    this.deploymentsTopic = deploymentsTopic;
    this.feedbackTopic = feedbackTopic;
    this.names = names;
    this.log = log;
    this.metrics = metrics;
  }

  /** Turns one sound object into a record. */
  interface Format {
    Companion read(CompanionFields fields, Client client, long nowMillis) throws RejectedCompanion;
  }

  List<PostRoute> routes(Quotas quotas) {
    return List.of(
        new Route(
            "/v1/deployments",
            "deployments",
            new DeploymentFormat(deploymentsTopic, names, mapper),
            quotas),
        new Route(
            "/v1/feedback", "feedback", new FeedbackFormat(feedbackTopic, names, mapper), quotas));
  }

  private final class Route implements PostRoute {
    private final String path;
    private final String source;
    private final Format format;
    private final Quotas quotas;

    Route(String path, String source, Format format, Quotas quotas) {
      this.path = path;
      this.source = source;
      this.format = format;
      this.quotas = quotas;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public Set<String> contentTypes() {
      return Set.of(JsonAnswers.JSON);
    }

    @Override
    public Answers answers() {
      return answers;
    }

    @Override
    public @Nullable Outcome refusal(Client client) {
      int seconds = quotas.secondsUntilAllowed(client.name());
      return seconds == 0 ? null : Outcome.overQuota(seconds);
    }

    @Override
    public CompletableFuture<Outcome> take(Client client, Payload payload) {
      List<JsonNode> nodes = new ArrayList<>();
      try {
        JsonNode root = mapper.readTree(payload.body());
        if (root.isArray()) {
          root.forEach(nodes::add);
        } else if (!root.isMissingNode()) {
          nodes.add(root);
        }
      } catch (IOException malformed) {
        return malformed(why(malformed));
      }
      if (nodes.isEmpty() || nodes.size() > MOST_AT_ONCE) {
        return malformed("expected 1 to " + MOST_AT_ONCE + " objects, found " + nodes.size());
      }
      List<Companion> sound = new ArrayList<>();
      List<PlacedRejection> rejected = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i++) {
        try {
          sound.add(
              format.read(new CompanionFields(nodes.get(i)), client, payload.receivedAtMillis()));
        } catch (RejectedCompanion unsound) {
          metrics.countRejection(source, unsound.rejection().reason());
          rejected.add(new PlacedRejection("object " + (i + 1), unsound.rejection()));
        }
      }
      // A thousand at most, so that a debt that others made meanwhile does not matter.
      quotas.chargeAnyway(client.name(), sound.size());
      return append(client, sound, rejected);
    }

    private CompletableFuture<Outcome> malformed(String message) {
      metrics.countMalformed(source);
      return CompletableFuture.completedFuture(Outcome.problem(400, "malformed", message));
    }

    private CompletableFuture<Outcome> append(
        Client client, List<Companion> sound, List<PlacedRejection> rejected) {
      List<CompletableFuture<Void>> appending = sound.stream().map(log::append).toList();
      return CompletableFuture.allOf(appending.toArray(new CompletableFuture<?>[0]))
          .handle(
              (nothing, failure) -> {
                int unavailable =
                    (int)
                        appending.stream()
                            .filter(CompletableFuture::isCompletedExceptionally)
                            .count();
                quotas.refund(client.name(), unavailable);
                metrics.countCompanions(
                    source, sound.size() - unavailable, rejected.size(), unavailable);
                return failure == null
                    ? judged(sound.size(), rejected)
                    : Unavailability.outcome(failure);
              });
    }
  }

  private static Outcome judged(int accepted, List<PlacedRejection> rejected) {
    int status = rejected.isEmpty() ? 202 : accepted > 0 ? 207 : 400;
    List<PlacedRejection> described =
        rejected.subList(0, Math.min(rejected.size(), Admission.MOST_DESCRIBED));
    return new Outcome(status, "", "", 0, accepted, rejected.size(), 0, 0, described);
  }

  private static String why(IOException malformed) {
    return malformed instanceof JsonProcessingException json
        ? "not JSON: " + json.getOriginalMessage()
        : "not JSON";
  }
}
