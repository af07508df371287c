package io.inferwarden.alerting;

/**
 * What people read about a kind of incident.
 *
 * @param title a headline of a few words
 * @param explanation what it means: the rest of a sentence that begins with the subject's name
 * @param whatToDo what the reader should do first: one sentence
 */
record KindWords(String title, String explanation, String whatToDo) {
  static final KindWords EXTRACTION =
      new KindWords(
          "Model abuse: extraction or probing",
          "asks in a way that honest use does not: like someone who copies the model or"
              + " probes it",
          "Look at who owns the account and whether this use was agreed; if not, limit its"
              + " rate or revoke its key, and estimate from the answers given since the onset how"
              + " far a copy may have got.");

  static final KindWords EVASION =
      new KindWords(
          "Search for inputs that fool the model",
          "changes an input in many small steps, like someone who looks for a version of"
              + " it that the model gets wrong",
          "Throttle the account, then have a person review the decisions on the last"
              + " inputs of each series of steps, above all where the answer changed.");

  static final KindWords INVERSION =
      new KindWords(
          "Model inversion",
          "climbs the confidence of an answer step by step, like someone who rebuilds what"
              + " the model learned about it",
          "Throttle the account, round or withhold the scores it gets, and ask the owner"
              + " of the model whether the answers it climbed stand for people or secrets.");

  static final KindWords MEMBERSHIP_PROBING =
      new KindWords(
          "Membership probing",
          "asks about single records in a way that tells whether the model was trained on"
              + " them",
          "Throttle the account, round or withhold the scores it gets, and tell whoever"
              + " answers for the training data which records were asked about.");

  static final KindWords FUZZING =
      new KindWords(
          "Fuzzing",
          "sends inputs that no user would: impossible values and combinations, like a"
              + " tool that searches for weak spots",
          "Find out whether a test tool runs by mistake; if not, throttle the account and"
              + " check the model and its service for errors since the onset.");

  static final KindWords SCRIPTED_USE =
      new KindWords(
          "Scripted use",
          "asks like a program where people are expected",
          "Ask the owner whether a program may use this account; if so declare its role in"
              + " the policy, if not limit its rate.");

  static final KindWords DENIAL_OF_WALLET =
      new KindWords(
          "Denial of wallet",
          "makes the model do far more work than honest use does, at its operator's cost",
          "Limit the rate of the account and the length of its answers now, then see what"
              + " it has cost since the onset and whether its key was stolen.");

  static final KindWords INJECTION =
      new KindWords(
          "Prompt injection or jailbreak",
          "tries to talk the model out of its rules",
          "Review what the model answered, not only what it was asked; where it gave in,"
              + " close that way in the guard, then throttle the account.");

  static final KindWords PROMPT_EXTRACTION =
      new KindWords(
          "Prompt extraction",
          "asks for the hidden instructions of the application",
          "See in the answers whether the instructions came out, rotate every key or"
              + " secret that they hold, and throttle the account.");

  static final KindWords DATA_EXTRACTION =
      new KindWords(
          "Training data extraction",
          "asks for what the model has memorised of its training data",
          "Throttle the account and search its answers for personal data and secrets: what"
              + " came out is disclosed, and may have to be reported.");

  static final KindWords DISTILLATION =
      new KindWords(
          "Distillation",
          "collects answers like someone who trains another model on them",
          "Throttle all accounts that take part and count the answers given since the"
              + " onset: they are what the copy can learn from, and cannot be taken back.");

  static final KindWords STOLEN_KEY =
      new KindWords(
          "Stolen or shared key",
          "is used in a way that is not its owner's, as when its key was stolen or passed" + " on",
          "Rotate the key and ask its owner which queries were theirs; then review what"
              + " the other user was answered and what it cost.");

  static final KindWords DETECTOR_FLOODED =
      new KindWords(
          "Flood of new names",
          "is asked under so many new names that new accounts are judged only as part of"
              + " their cohorts",
          "Have the gateway refuse names that it cannot authenticate, and look for another"
              + " attack that the flood may hide.");

  static final KindWords ADOPTION =
      new KindWords(
          "New template taken up",
          "was taken up by many new accounts with work of their own, as by a class, or by the users"
              + " of a new product",
          "Nothing if you know of the class, the launch or the new client: register its organisation"
              + " in the policy; if nobody does, look at who made the accounts.");

  static final KindWords INPUT_DRIFT =
      new KindWords(
          "Input drift",
          "is asked about other inputs than its baseline was learned from, by more than"
              + " the policy tolerates",
          "Check the named features at their source; if the change is real and stays,"
              + " retrain the model or promote a new baseline.");

  static final KindWords MODEL_REPLACED =
      new KindWords(
          "Model replaced or altered",
          "answers differently while its inputs are as usual, as if another model or"
              + " checkpoint served under its name",
          "Compare the digest of the serving model with the one that was released; if"
              + " nobody deployed it, treat it as tampering.");

  static final KindWords OUTPUT_SHIFT =
      new KindWords(
          "Output shift",
          "answers differently than its baseline says is usual, by more than the policy"
              + " tolerates, while its inputs moved as well, or how it is served",
          "Check whether the moved inputs explain the outputs, then what else the model"
              + " reads: features, prompts, retrieved documents, thresholds.");

  static final KindWords SILENCE =
      new KindWords(
          "Silence",
          "gets far fewer requests than is usual at this time",
          "Check the callers, the gateway and the delivery of its events; until they"
              + " arrive again nothing watches this model.");

  static final KindWords REQUEST_SURGE =
      new KindWords(
          "Request surge",
          "gets far more requests than is usual at this time",
          "See which callers the requests come from and whether the capacity and the bill"
              + " can bear them.");

  static final KindWords VERSION_CHANGED =
      new KindWords(
          "New model version",
          "serves under a new version or digest, as its events say",
          "Nothing if this was deployed on purpose; if the outputs differ and should not,"
              + " roll back.");

  static final KindWords SLOW_DRIFT =
      new KindWords(
          "Slow drift",
          "has moved away from its fixed baseline step by step, by more than the policy"
              + " tolerates",
          "Compare the settled profile with the baseline; retrain the model or promote a"
              + " new baseline.");

  static final KindWords PROMISE_SUSPENDED =
      new KindWords(
          "Alarm budget not kept",
          "varies more on quiet days than its baseline allows for, so its false alarms may"
              + " exceed the budget",
          "Take its alarms as hints for now, and learn its baseline again from a longer"
              + " history.");

  static final KindWords BLIND =
      new KindWords(
          "Blind",
          "cannot be judged: too few events, no baseline or too thin a one",
          "Give it more events or a longer learning period, or accept that it is not"
              + " watched.");

  static final KindWords COMMON_CAUSE =
      new KindWords(
          "One cause, many models",
          "moved in many models at once, as when one upstream source breaks",
          "Look at what the named models share, first of all the source of the named"
              + " features.");

  static final KindWords WATCHDOG =
      new KindWords(
          "Watchdog",
          "is told at a fixed interval to prove that alerts arrive",
          "Nothing; let the receiver raise an alarm when it does not come.");

  static final KindWords TEST =
      new KindWords(
          "Test alert",
          "was tested on request; nothing has happened to any model",
          "Nothing; that you read this shows that the way works.");

  static final KindWords DIGEST =
      new KindWords(
          "Digest of incidents",
          "got more notifications than its limit allows, so they are told as one",
          "Read the worst ones first; all of them are in the feed of incidents.");

  static final KindWords DELIVERY_FAILING =
      new KindWords(
          "Alerts do not arrive",
          "does not take its notifications, so whoever relies on it is not told",
          "Check the receiver and its credentials, then deliver again what it has missed.");
}
