package io.inferwarden.app.policy;

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
 * takes effect at once; lengths of time and the budget with the next start.
 */
public final class PolicyRegistry implements StateStore, TopicFollower {
  /** The key of the deployment's policy in the topic. */
  public static final String KEY = "deployment";

  private static final Logger LOG = LoggerFactory.getLogger(PolicyRegistry.class);

  private final String name;
  private volatile Policy current = Policy.defaults();
  private volatile Set<String> declared = Set.of();
  private volatile boolean open;

  public PolicyRegistry(String name) {
    this.name = name;
  }

  public Policy current() {
    return current;
  }

  /** Whether the policy declares this principal: what it does is known, and opens no incident. */
  public boolean isDeclared(String principal) {
    return declared.contains(principal);
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
      declared =
          policy.declared().stream()
              .map(Policy.DeclaredPrincipal::principal)
              .collect(Collectors.toUnmodifiableSet());
      current = policy;
    } catch (IllegalArgumentException e) {
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
