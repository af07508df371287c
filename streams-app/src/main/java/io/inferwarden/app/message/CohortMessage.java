package io.inferwarden.app.message;

import io.inferwarden.alerting.Finding;
import io.inferwarden.detectors.chat.Adoption;
import org.jspecify.annotations.Nullable;

/**
 * What the cohort stage hears from those who judge principals: little of many, and all of the few
 * that stand out.
 */
public sealed interface CohortMessage
    permits CohortMessage.Report, CohortMessage.Ready, CohortMessage.Moment {

  /** Something about one account of one model, heard in the order of event time. */
  sealed interface Report extends CohortMessage permits Arrived, Standing, Adopted {
    /** The baseline that judges the account. */
    String baselineId();

    /** The account. */
    String principal();

    /** Event time, milliseconds since the epoch. */
    long timeMillis();
  }

  /**
   * An account is judged from now on.
   *
   * @param network that it asked from; null when unknown
   */
  record Arrived(String baselineId, String principal, @Nullable String network, long timeMillis)
      implements Report {}

  /**
   * The evidence against an account has changed by a step.
   *
   * @param network that the account first asked from; null when unknown
   * @param logEvidence natural logarithm of the evidence
   * @param accused whether the account passed what may be spent on it alone
   * @param finding what there is to say of it; null while the evidence is too small to name it
   *     under any circumstances
   * @param traits what tells it from other accused accounts; empty without a finding
   */
  record Standing(
      String baselineId,
      String principal,
      @Nullable String network,
      long timeMillis,
      double logEvidence,
      boolean accused,
      @Nullable Finding finding,
      Traits traits)
      implements Report {}

  /**
   * What an accused account is compared by.
   *
   * @param recent recent counts by signal and bin, of a classifier's account
   * @param attackPrompts fingerprints of the prompts that show attacks, of a chat model's account
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier on its way to a topic; nobody compares it
  record Traits(float[][] recent, int[] attackPrompts) {
    public static final Traits NONE = new Traits(new float[0][], new int[0]);
  }

  /**
   * An account of a chat model has sent its first prompts: which wordings it took up.
   *
   * @param org organisation of the account; null when unknown
   * @param adoption the fingerprints of its first prompts
   */
  record Adopted(
      String baselineId, String principal, @Nullable String org, long timeMillis, Adoption adoption)
      implements Report {}

  /** One partition has handed on all events that waited for a baseline. */
  record Ready(int partition, String baselineId) implements CohortMessage {}

  /**
   * How far one partition has come in event time.
   *
   * @param timeMillis no report of an earlier event is to be expected from it; the largest number
   *     where nobody need wait for it
   */
  record Moment(int partition, long timeMillis) implements CohortMessage {}
}
