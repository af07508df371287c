package io.inferwarden.app.command;

import io.inferwarden.app.audit.AuditHeadFile;
import io.inferwarden.app.audit.AuditTopic;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.ingest.audit.AuditHead;
import io.inferwarden.ingest.audit.AuditPublicKey;
import io.inferwarden.ingest.audit.AuditSigner;
import io.inferwarden.ingest.audit.AuditVerifier;
import io.inferwarden.ingest.audit.ChainReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Says whether the record of every inference is what was written.",
    footer = {
      "",
      "Exits with 1 when anything is wrong.",
      "Examples:",
      "  inferwarden audit verify --config FILE --key audit-public.pem",
      "  inferwarden audit verify --bootstrap HOST:PORT --key old.pem --key new.pem \\",
      "      --expect heads-of-yesterday.json --heads heads-of-today.json"
    })
final class AuditVerifyCommand implements Callable<Integer> {
  private static final Duration UNSIGNED_GRACE = Duration.ofMinutes(10);

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin AuditCluster cluster = new AuditCluster();

  @Option(
      names = "--key",
      paramLabel = "PUBLIC.pem",
      description =
          "A public key to trust, from: audit key. Several after a rotation. Without it, that of"
              + " the signing key of --config, where it is on this machine.")
  List<Path> keys = new ArrayList<>();

  @Option(
      names = "--from-start",
      description = "Every chain must be there from its first record on: nothing has expired yet.")
  boolean fromStart;

  @Option(
      names = "--heads",
      paramLabel = "FILE",
      description = "Write the ends of all chains there, for a later --expect.")
  @Nullable Path heads;

  @Option(
      names = "--expect",
      paramLabel = "FILE",
      description = "Ends of chains that the log must still hold, from an earlier --heads.")
  @Nullable Path expect;

  @Option(names = "--json", description = "Print the outcome as JSON.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    OutputFile.requireFolder(heads);
    AuditOutcome outcome = new AuditOutcome(spec.commandLine().getOut(), json);
    AuditVerifier verifier = new AuditVerifier(settings(), outcome::add);
    read(verifier);
    verifier.finish();
    outcome.print(verifier.records(), verifier.chains());
    Path headFile = heads;
    if (headFile != null) {
      List<AuditHead> ends = verifier.chains().stream().map(ChainReport::head).toList();
      AuditHeadFile.write(headFile, ends);
    }
    return outcome.isSound() ? ExitCodes.DONE : ExitCodes.CHECK_FAILED;
  }

  private AuditVerifier.Settings settings() throws IOException {
    Path expected = expect;
    return new AuditVerifier.Settings(
        trusted(),
        fromStart,
        Clock.systemUTC().millis(),
        UNSIGNED_GRACE,
        expected == null ? List.of() : AuditHeadFile.read(expected));
  }

  private List<AuditPublicKey> trusted() throws IOException {
    List<AuditPublicKey> trusted = new ArrayList<>();
    for (Path key : keys) {
      trusted.add(AuditPublicKey.read(key));
    }
    if (trusted.isEmpty()) {
      RunConfig config = cluster.runConfig();
      Path signing = AuditCluster.signingKey(config);
      if (cluster.config == null || !Files.exists(signing)) {
        throw new IllegalArgumentException(
            "expected --key PUBLIC.pem; print it where the collector runs: inferwarden audit key");
      }
      trusted.add(AuditSigner.load(signing).publicKey());
    }
    return trusted;
  }

  private void read(AuditVerifier verifier) throws IOException {
    ProgressLine progress = ProgressLine.onTerminal(spec.commandLine().getErr());
    cluster
        .topic()
        .read(
            AuditVerifyCommand::all,
            Optional.empty(),
            new IntoVerifier(verifier),
            fraction -> progress.show("Verifying", verifier.records(), fraction));
    progress.clear();
  }

  private static Set<Integer> all(int partitions) {
    Set<Integer> all = new HashSet<>();
    for (int partition = 0; partition < partitions; partition++) {
      all.add(partition);
    }
    return all;
  }

  private record IntoVerifier(AuditVerifier verifier) implements AuditTopic.Taker {
    @Override
    public void startsAt(int partition, long offset) {
      verifier.startsAt(partition, offset);
    }

    @Override
    public void take(int partition, long offset, byte @Nullable [] value) {
      verifier.accept(partition, offset, value);
    }
  }
}
