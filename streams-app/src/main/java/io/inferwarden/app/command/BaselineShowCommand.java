package io.inferwarden.app.command;

import io.inferwarden.app.baseline.BaselineCard;
import io.inferwarden.app.baseline.BaselineDetail;
import io.inferwarden.app.baseline.BaselineDetailJson;
import io.inferwarden.app.baseline.BaselineDetailText;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.PolicyFile;
import io.inferwarden.app.settings.SettingsOf;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code baseline show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Says what each baseline was learned from, and what it can see.")
final class BaselineShowCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin BaselineSource source = new BaselineSource();

  @Mixin OnlyModel only = new OnlyModel();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy whose budget is spent; without it the default.")
  @Nullable Path policyFile;

  @Option(names = "--json", description = "Print the baselines as JSON.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<BaselineRecord> baselines = new ArrayList<>(source.read());
    baselines.removeIf(baseline -> !only.means(baseline));
    if (baselines.isEmpty() && only.name != null) {
      throw new IllegalArgumentException("--model must have a baseline there, was " + only.name);
    }
    if (baselines.size() == 1) {
      showInFull(out, baselines.get(0));
    } else if (json) {
      out.println(BaselineDetailJson.listOf(baselines).toPrettyString());
    } else {
      baselines.forEach(baseline -> out.println(BaselineCard.text(baseline)));
      if (baselines.size() > 1) {
        out.println("For one of them in full, with what it would see: --model NAME");
      }
    }
    return ExitCodes.DONE;
  }

  private void showInFull(PrintWriter out, BaselineRecord baseline) throws IOException {
    Path given = policyFile;
    Policy policy = given == null ? Policy.defaults() : PolicyFile.read(given);
    Optional<BaselineDetail> detail =
        BaselineDetail.of(
            baseline,
            given == null ? "the default policy" : "policy " + policy.id(),
            SettingsOf.policy(policy, 1, false).budget());
    if (json) {
      out.println(BaselineDetailJson.of(baseline, detail).toPrettyString());
      return;
    }
    out.println(BaselineCard.text(baseline));
    detail.ifPresent(known -> out.println(BaselineDetailText.of(known)));
  }
}
