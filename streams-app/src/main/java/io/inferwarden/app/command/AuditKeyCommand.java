package io.inferwarden.app.command;

import io.inferwarden.app.policy.RunConfigFile;
import io.inferwarden.ingest.audit.AuditPublicKey;
import io.inferwarden.ingest.audit.AuditSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit key}. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Prints the public key that the checkpoints of a deployment are verified with.",
    footer = {"", "Example:", "  inferwarden audit key --config FILE > audit-public.pem"})
final class AuditKeyCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration that names the signing key.")
  @Nullable Path config;

  @Option(names = "--file", paramLabel = "FILE", description = "The signing key itself.")
  @Nullable Path file;

  @Override
  public Integer call() throws IOException {
    Path signing = file;
    Path deployment = config;
    if (signing == null && deployment == null) {
      throw new IllegalArgumentException("expected --config FILE or --file FILE");
    }
    Path from =
        signing == null && deployment != null
            ? AuditCluster.signingKey(RunConfigFile.read(deployment))
            : signing;
    AuditPublicKey key = AuditSigner.load(java.util.Objects.requireNonNull(from)).publicKey();
    spec.commandLine().getOut().print(key.pem());
    spec.commandLine().getOut().flush();
    spec.commandLine().getErr().println("key " + key.id());
    return ExitCodes.DONE;
  }
}
