package io.inferwarden.app.policy;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.app.state.TopicFollower;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy that is in force, as every instance reads it from the compacted topic. Who is declared
 * and what is wanted of each kind take effect at once; lengths of time, the budget and registered
 * organisations with the next start.
 */
public final class PolicyRegistry implements StateStore, TopicFollower {
  /** The key of the deployment's policy in the topic. */
  public static final String KEY = "deployment";

  private static final Logger LOG = LoggerFactory.getLogger(PolicyRegistry.class);

  private final String name;
  private volatile Policy current = Policy.defaults();
  private volatile Verdicts verdicts = new Verdicts(Policy.defaults());
  private volatile boolean open;

  public PolicyRegistry(String name) {
    this.name = name;
  }

  public Policy current() {
    return current;
  }

  /**
   * What becomes of a finding about a principal. Two look-ups and no allocation.
   *
   * @param principal its name in the events; for a finding about no principal, the empty text
   * @param level the stream's evidence in units of its alarm level; what is not a number is no
   *     evidence
   * @param atMillis event time of the finding, milliseconds since the epoch: whether a declaration
   *     has expired is judged by it
   */
  public Verdict verdictOn(
      String principal, IncidentKind kind, Severity severity, double level, long atMillis) {
    return verdicts.on(principal, kind, severity, level, atMillis);
  }

  /** Organisations whose new accounts may take up one wording together. */
  public Set<String> registeredOrganisations() {
    return current.registered().stream()
        .map(Policy.RegisteredOrganisation::organisation)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The level from which a finding of this kind counts: 1, or more where the policy wants more. */
  public double requiredLevel(IncidentKind kind) {
    return current.kinds().of(kind).requiredLevel();
  }

  /**
   * Takes a record of the topic. Bytes that are no policy are logged, and the policy before stays
   * in force.
   */
  @Override
  public void accept(String key, byte @Nullable [] json) {
    if (!KEY.equals(key)) {
      return;
    }
    try {
      Policy policy =
          json == null
              ? Policy.defaults()
              : Policy.fromJson(new String(json, StandardCharsets.UTF_8));
      verdicts = new Verdicts(policy);
      current = policy;
    } catch (InvalidConfigException | IllegalArgumentException e) {
      LOG.error(
          "The policies topic holds something that is no policy; the one before stays in force: {}",
          e.toString());
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> accept(new String(key, StandardCharsets.UTF_8), value));
    open = true;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }
}
