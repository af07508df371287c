package io.inferwarden.app.command;

import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.PolicyFile;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code policy check}: whether a policy is valid, and what each line of it means. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Checks and explains a policy.",
    subcommands = PolicyCommand.Check.class)
public final class PolicyCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command: policy check [FILE]");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Validates a policy or a configuration and says what each line means; without a file, the"
              + " default policy.")
  static final class Check implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Parameters(
        index = "0",
        arity = "0..1",
        paramLabel = "FILE",
        description =
            "The policy, or the configuration of run with its policy and its alerts; YAML.")
    @Nullable Path file;

    @Option(names = "--json", description = "Print the policy with all defaults as JSON.")
    boolean json;

    @Override
    public Integer call() throws IOException {
      Path given = file;
      if (given != null && RunConfigFile.isConfig(given)) {
        checkConfig(given);
      } else {
        Policy policy = given == null ? Policy.defaults() : PolicyFile.read(given);
        String name = given == null ? "The default policy" : given.toString();
        explain(name + " is valid (id " + policy.id() + "):", policy);
        warn(name, policy.warnings(today()));
      }
      return ExitCodes.DONE;
    }

    private void checkConfig(Path given) throws IOException {
      RunConfig config = RunConfigFile.read(given);
      boolean isOfCollectorAlone = RunConfigFile.isOfCollectorAlone(given);
      Policy policy = config.policy();
      explain(given + " is valid; its policy (id " + policy.id() + "):", policy);
      if (!json) {
        var out = spec.commandLine().getOut();
        out.println("Its way in:");
        config.intake().explain().forEach(line -> out.println("  " + line));
        out.println("Its alerts:");
        if (isOfCollectorAlone) {
          out.println(
              "  none here: only the collector is configured; who is told is said elsewhere");
        } else {
          config.alerts().explain().forEach(line -> out.println("  " + line));
        }
      }
      warn(given.toString(), policy.warnings(today()));
      warn(given.toString(), config.intake().warnings(config.instance()));
      if (!isOfCollectorAlone) {
        warn(given.toString(), config.alerts().warnings(Clock.systemUTC().instant()));
      }
    }

    private void explain(String heading, Policy policy) {
      var out = spec.commandLine().getOut();
      if (json) {
        out.println(policy.toJson());
      } else {
        out.println(heading);
        policy.explain().forEach(line -> out.println("  " + line));
      }
    }

    private void warn(String name, List<String> warnings) {
      var err = spec.commandLine().getErr();
      warnings.forEach(warning -> err.println("warning: " + name + ": " + warning));
    }

    private static LocalDate today() {
      return LocalDate.now(Clock.systemUTC());
    }
  }
}
