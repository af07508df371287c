package io.inferwarden.app.command;

import io.inferwarden.alerting.feed.PrintableText;
import io.inferwarden.ingest.door.KeyEpoch;
import io.inferwarden.ingest.door.KeyRing;
import io.inferwarden.ingest.door.PseudonymDomain;
import io.inferwarden.ingest.door.Pseudonyms;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pseudonym}: under which pseudonyms a name stands in topics, incidents and the audit. */
@Command(
    name = "pseudonym",
    mixinStandardHelpOptions = true,
    description = {
      "Says which pseudonym a name has in each key epoch, for who may read the keys of the"
          + " configuration. The way back does not exist: a pseudonym is found by trying names."
    },
    footer = {
      "",
      "Examples:",
      "  inferwarden pseudonym - --config run.yaml        # asks for the name, which no history keeps",
      "  inferwarden pseudonym 203.0.113.7 --domain network --config run.yaml"
    })
public final class PseudonymCommand implements Callable<Integer> {
  /** Where the keys come from. */
  @FunctionalInterface
  public interface KeyRings {
    /** The keys that a configuration names. */
    KeyRing read(Path config) throws IOException;
  }

  private final KeyRings keyRings;
  private final InputStream in;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description =
          "What the producer calls the account, organisation, address or network; - reads it from"
              + " the standard input.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  String name;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      defaultValue = "default",
      description = "Whose name it is: the tenant of the API key; ${DEFAULT-VALUE} without it.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  String tenant;

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      defaultValue = "principal",
      description =
          "principal, org, address or network; ${DEFAULT-VALUE} without it. Of an address, network"
              + " is its /24 or /48.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  String domain;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration of run, YAML, which says where the keys are.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  Path config;

  /**
   * A command over these keys.
   *
   * @param keyRings reads the keys of a configuration
   * @param in where a name is read from instead of the command line
   */
  public PseudonymCommand(KeyRings keyRings, InputStream in) {
    this.keyRings = keyRings;
    this.in = in;
  }

  @Override
  public Integer call() throws IOException {
    PseudonymDomain of = PseudonymDomain.ofCode(domain);
    if (of == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--domain must be principal, org, address or network, was " + PrintableText.of(domain));
    }
    KeyRing keys = keyRings.read(config);
    Pseudonyms pseudonyms = new Pseudonyms(keys);
    String given = GivenName.of(name, in);
    PrintWriter out = spec.commandLine().getOut();
    for (KeyEpoch epoch : keys.epochs()) {
      out.println(pseudonyms.of(epoch, tenant, of, given) + "  " + inForce(keys, epoch));
    }
    return ExitCodes.DONE;
  }

  private static String inForce(KeyRing keys, KeyEpoch epoch) {
    Instant from = keys.inForceFrom(epoch);
    Instant until = keys.inForceUntil(epoch);
    String audited =
        from != null && from.isAfter(epoch.from())
            ? "; beside the one before in the audit from " + epoch.from()
            : "";
    return "epoch " + epoch.id() + ", in force " + span(from, until) + audited;
  }

  private static String span(@Nullable Instant from, @Nullable Instant until) {
    if (from == null) {
      return until == null ? "always" : "until " + until;
    }
    return "from " + from + (until == null ? "" : " until " + until);
  }
}
