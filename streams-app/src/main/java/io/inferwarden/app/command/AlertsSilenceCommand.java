package io.inferwarden.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.JsonFields;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alerts silence}: incidents that nobody is told of for a while. */
@Command(
    name = "silence",
    mixinStandardHelpOptions = true,
    description = "Keeps the news of some incidents from everybody for a while.",
    subcommands = {
      AlertsSilenceCommand.Add.class,
      AlertsSilenceCommand.Listing.class,
      AlertsSilenceCommand.Expire.class
    })
final class AlertsSilenceCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "expected a command: alerts silence add|list|expire");
  }

  private static String line(JsonNode silence) {
    return Terminal.text(silence, "id")
        + "  "
        + Terminal.text(silence, "state")
        + "  until "
        + Terminal.text(silence, "endsAt")
        + "  by "
        + Terminal.text(silence, "author")
        + "  "
        + Terminal.text(silence, "meaning")
        + "  ("
        + Terminal.text(silence, "reason")
        + ")";
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Begins a silence; every condition given must hold, with one of its values.",
      footer = {
        "",
        "Example:",
        "  inferwarden alerts silence add --model 'fraud-*' --kind input_drift --for 2h \\",
        "      --reason \"backfill of March\""
      })
  static final class Add implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Mixin AlertsServer server = new AlertsServer();

    @Option(names = "--model", split = ",", paramLabel = "PATTERN", description = "Of models.")
    List<String> models = new ArrayList<>();

    @Option(names = "--subject", split = ",", paramLabel = "PATTERN", description = "Of subjects.")
    List<String> subjects = new ArrayList<>();

    @Option(names = "--owner", split = ",", paramLabel = "NAME", description = "Of the model.")
    List<String> owners = new ArrayList<>();

    @Option(names = "--kind", split = ",", paramLabel = "KIND", description = "Of incidents.")
    List<String> kinds = new ArrayList<>();

    @Option(
        names = "--only-severity",
        split = ",",
        paramLabel = "SEVERITY",
        description = "Exactly these; what becomes graver is told.")
    List<String> severities = new ArrayList<>();

    @Option(
        names = "--for",
        required = true,
        paramLabel = "DURATION",
        description = "How long: 30m, 2h, 7d.")
    String duration = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    String reason = "";

    @Option(names = "--json", description = "Print the answer of the API.")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
      ObjectNode body = JsonFields.newObject();
      ObjectNode match = body.putObject("match");
      put(match, "models", models);
      put(match, "subjects", subjects);
      put(match, "owners", owners);
      put(match, "kinds", kinds);
      put(match, "severities", severities);
      body.put("reason", reason);
      body.put("duration", duration);
      AlertsClient.Answered answer = server.client().post("silences", body);
      spec.commandLine()
          .getOut()
          .println(json ? answer.body().toPrettyString() : line(answer.body()));
      return UnderWay.said(spec, answer);
    }

    private static void put(ObjectNode match, String name, List<String> values) {
      if (!values.isEmpty()) {
        values.forEach(match.putArray(name)::add);
      }
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the silences that hold or will; those made last first.")
  static final class Listing implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Mixin AlertsServer server = new AlertsServer();

    @Option(names = "--all", description = "Those that have ended as well.")
    boolean all;

    @Option(names = "--json", description = "Print the answer of the API.")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
      String query = all ? "?limit=500" : "?limit=500&state=active,pending";
      JsonNode answer = server.client().get("silences" + query);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(answer.toPrettyString());
      } else if (answer.path("silences").isEmpty()) {
        out.println("No silences.");
      } else {
        answer.path("silences").forEach(silence -> out.println(line(silence)));
      }
      return ExitCodes.DONE;
    }
  }

  @Command(name = "expire", mixinStandardHelpOptions = true, description = "Ends a silence now.")
  static final class Expire implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Mixin AlertsServer server = new AlertsServer();

    @Parameters(index = "0", paramLabel = "ID", description = "Of the silence.")
    String id = "";

    @Option(names = "--json", description = "Print the answer of the API.")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
      AlertsClient.Answered answer = server.client().delete("silences/" + AlertsClient.encoded(id));
      spec.commandLine()
          .getOut()
          .println(json ? answer.body().toPrettyString() : line(answer.body()));
      return UnderWay.said(spec, answer);
    }
  }
}
