package io.inferwarden.app.command;

import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.PolicyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options {@code --policy} and {@code --learn}. */
final class PolicyOption {
  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy; without it the default, which needs no edit. See: policy check")
  @Nullable Path file;

  @Option(
      names = "--learn",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How long a model is learned from before it is judged, such as 24h; overrides the policy, and"
              + " shortens its panes where they are longer.")
  @Nullable Duration learn;

  Policy policy() throws IOException {
    Path given = file;
    Policy policy = given == null ? Policy.defaults() : PolicyFile.read(given);
    Duration learning = learn;
    return learning == null ? policy : policy.withLearning(learning);
  }
}
