package io.inferwarden.app.command;

import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.PolicyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
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
          "Validates a policy and says what each line means; without a file, the default policy.")
  static final class Check implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "The policy, YAML.")
    @Nullable Path file;

    @Option(names = "--json", description = "Print the policy with all defaults as JSON.")
    boolean json;

    @Override
    public Integer call() throws IOException {
      Path given = file;
      Policy policy = given == null ? Policy.defaults() : PolicyFile.read(given);
      String name = given == null ? "The default policy" : given.toString();
      var out = spec.commandLine().getOut();
      var err = spec.commandLine().getErr();
      if (json) {
        out.println(policy.toJson());
      } else {
        out.println(name + " is valid (id " + policy.id() + "):");
        policy.explain().forEach(line -> out.println("  " + line));
      }
      policy
          .warnings(LocalDate.now(Clock.systemUTC()))
          .forEach(warning -> err.println("warning: " + name + ": " + warning));
      return ExitCodes.DONE;
    }
  }
}
