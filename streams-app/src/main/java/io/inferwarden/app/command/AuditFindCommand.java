package io.inferwarden.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.app.audit.AuditSearch;
import io.inferwarden.app.intake.PrivacyKeys;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.ingest.audit.AuditField;
import io.inferwarden.ingest.audit.AuditRecord;
import io.inferwarden.ingest.door.KeyEpoch;
import io.inferwarden.ingest.door.KeyRing;
import io.inferwarden.ingest.door.PseudonymDomain;
import io.inferwarden.ingest.door.Pseudonyms;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audit find}. */
@Command(
    name = "find",
    mixinStandardHelpOptions = true,
    description = "Says what a principal asked a model between two times, by the ids of events.",
    footer = {
      "",
      "Examples:",
      "  inferwarden audit find --config FILE --principal PSEUDONYM --model fraud-scorer --from 24h",
      "  inferwarden audit find --bootstrap HOST:PORT --principal PSEUDONYM --json | jq -r .id"
    })
final class AuditFindCommand implements Callable<Integer> {
  /** No event comes earlier than this before its time: the parser refuses it. */
  private static final Duration MOST_EARLY = Duration.ofHours(1);

  private static final List<AuditField> SHOWN =
      List.of(
          AuditField.ID,
          AuditField.TIME,
          AuditField.RECEIVED,
          AuditField.SOURCE,
          AuditField.CLIENT,
          AuditField.TENANT,
          AuditField.PRINCIPAL,
          AuditField.NEXT_PRINCIPAL,
          AuditField.MODEL,
          AuditField.VERSION,
          AuditField.DIGEST,
          AuditField.OPERATION,
          AuditField.STATUS,
          AuditField.INPUT_FINGERPRINT,
          AuditField.OUTPUT_FINGERPRINT);

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin AuditCluster cluster = new AuditCluster();

  @Option(
      names = "--principal",
      paramLabel = "PSEUDONYM",
      split = ",",
      description = "Who asked. Several for one whose key epoch has changed.")
  Set<String> principals = new HashSet<>();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Who asked, by the name that the producer sent, for who may read the keys of the"
              + " configuration: all its pseudonyms are looked for. - reads it from the standard"
              + " input.")
  @Nullable String name;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      defaultValue = "default",
      description = "Whose name it is: the tenant of the API key; ${DEFAULT-VALUE} without it.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  String tenant;

  @Option(names = "--model", paramLabel = "NAME", description = "Only what this model was asked.")
  @Nullable String model;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "Asked since then: 24h, or an instant.")
  @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "Asked before then.")
  @Nullable Instant to;

  @Option(
      names = "--every-partition",
      description =
          "Read all of the topic: where it was given more partitions since, or other writers.")
  boolean everyPartition;

  @Option(names = "--json", description = "Print a line of JSON for each event.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Set<String> asked = new HashSet<>(principals);
    String given = name;
    if (given != null) {
      asked.addAll(pseudonyms(given));
    }
    if (asked.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "expected --principal PSEUDONYM or --name NAME");
    }
    AuditSearch.Query query =
        new AuditSearch.Query(
            asked, Optional.ofNullable(model), Optional.ofNullable(from), Optional.ofNullable(to));
    long[] found = new long[1];
    AuditSearch search =
        new AuditSearch(
            query,
            record -> {
              found[0]++;
              print(record);
            });
    ProgressLine progress = ProgressLine.onTerminal(err);
    cluster
        .topic()
        .read(
            count -> everyPartition ? all(count) : query.partitions(count),
            query.from().map(time -> time.minus(MOST_EARLY)),
            search,
            fraction -> progress.show("Searching", search.read(), fraction));
    progress.clear();
    err.println(found[0] + " found among " + search.read() + " records.");
    if (search.unsound() > 0) {
      err.println(
          search.unsound() + " records there are not what was written: inferwarden audit verify");
    }
    return ExitCodes.DONE;
  }

  private Set<String> pseudonyms(String given) throws IOException {
    RunConfig config = cluster.runConfig();
    KeyRing keys =
        PrivacyKeys.keyRing(
            config.intake().privacy(), config.instance().stateFolder(), System.getenv());
    Pseudonyms pseudonyms = new Pseudonyms(keys);
    String principal = GivenName.of(given, System.in);
    Set<String> all = new HashSet<>();
    for (KeyEpoch epoch : keys.epochs()) {
      all.add(pseudonyms.of(epoch, tenant, PseudonymDomain.PRINCIPAL, principal));
    }
    return all;
  }

  private static Set<Integer> all(int count) {
    Set<Integer> all = new HashSet<>();
    for (int partition = 0; partition < count; partition++) {
      all.add(partition);
    }
    return all;
  }

  private void print(AuditRecord record) {
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      out.println(
          Terminal.line(
              Instant.ofEpochMilli(record.number(AuditField.TIME))
                  + "  "
                  + record.eventId()
                  + "  "
                  + record.text(AuditField.MODEL)
                  + "  "
                  + record.text(AuditField.STATUS)));
      return;
    }
    ObjectNode node = new ObjectMapper().createObjectNode();
    for (AuditField field : SHOWN) {
      String text = record.text(field);
      if (field == AuditField.TIME || field == AuditField.RECEIVED) {
        node.put(field.code(), record.number(field));
      } else if (text != null) {
        node.put(field.code(), Terminal.line(text));
      }
    }
    out.println(node);
  }
}
