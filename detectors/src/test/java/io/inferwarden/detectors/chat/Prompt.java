package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.signal.Tactic;
import io.inferwarden.detectors.signal.TextObservation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** A prompt measured as the reference measures it. */
final class Prompt implements TextObservation {
  private static final int MEASURED_WORDS = 200;
  private static final int KEY_WORDS = 4;
  private static final int LONGEST_LINE = 60;
  private static final Pattern WORD = Pattern.compile("[a-z']+|\\d+|[^\\sa-z\\d]");
  private static final Map<Tactic, Pattern> LEXICON = lexicon();

  private final int[] buckets;
  private final double variety;
  private final int tactics;
  private final long fingerprint;
  private final long head;
  private final long tail;
  private final long line;

  Prompt(
      int[] buckets,
      double variety,
      int tactics,
      long fingerprint,
      long head,
      long tail,
      long line) {
    this.buckets = buckets;
    this.variety = variety;
    this.tactics = tactics;
    this.fingerprint = fingerprint;
    this.head = head;
    this.tail = tail;
    this.line = line;
  }

  static Prompt of(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    for (Matcher word = WORD.matcher(lower); word.find(); ) {
      words.add(word.group());
    }
    List<String> letters =
        words.stream().filter(word -> Character.isLetter(word.charAt(0))).toList();
    int size = letters.size();
    String stripped = lower.strip();
    String line = stripped.substring(stripped.lastIndexOf('\n') + 1).strip();
    int tactics = 0;
    for (Map.Entry<Tactic, Pattern> one : LEXICON.entrySet()) {
      tactics |= one.getValue().matcher(lower).find() ? one.getKey().bit() : 0;
    }
    return new Prompt(
        words.stream()
            .limit(MEASURED_WORDS)
            .mapToInt(word -> (int) (hash(word) % 4096))
            .distinct()
            .sorted()
            .toArray(),
        new HashSet<>(words).size() / (double) Math.max(1, words.size()),
        tactics,
        1 + hash(text),
        1 + hash(String.join(" ", letters.subList(0, Math.min(KEY_WORDS, size)))),
        1 + hash(String.join(" ", letters.subList(Math.max(0, size - KEY_WORDS), size))),
        line.isEmpty() || line.length() > LONGEST_LINE ? 0 : 1 + hash(line));
  }

  private static long hash(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private static Map<Tactic, Pattern> lexicon() {
    Map<Tactic, String> patterns = new EnumMap<>(Tactic.class);
    patterns.put(
        Tactic.OVERRIDE,
        "ignore (all|any|the|your|previous|every)|disregard (all|any|the|your|previous)"
            + "|forget (all|everything|your|previous)|instructions (previously|you|above|before)");
    patterns.put(
        Tactic.PERSONA,
        "pretend (to be|you|that)|you are (now|going to)|act as|acting as|role ?play"
            + "|from (this point|now) on|simulat\\w+|in character|immerse yourself"
            + "|which stands for");
    patterns.put(
        Tactic.UNBOUND,
        "jailbr\\w+|do anything now|\\bdan\\b|developer mode|unfiltered|uncensored"
            + "|no (restrictions|limits|filters|rules|ethic\\w*)"
            + "|without (any )?(restrictions|filters|limits|censor\\w*)"
            + "|free (of|from) (all )?restrictions|restrictions|amoral|immoral");
    patterns.put(
        Tactic.REFUSAL_TALK,
        "as an ai|language model|i can'?t (assist|help)|i'?m sorry|cannot refuse"
            + "|never (say|refuse|reject)|not allowed|openai|chatgpt|content polic\\w+|guidelines");
    patterns.put(
        Tactic.HARM,
        "illegal|unethical|weapon\\w*|bomb\\b|hack(ing)?\\b|phishing|malware|steal\\w*|racist"
            + "|sexist|porn\\w*|cyberstalk|evade");
    patterns.put(
        Tactic.SYSTEM_PROMPT,
        "system ?(prompt|message|instructions?)"
            + "|(your|initial|hidden|original|above|secret) (prompt|instructions?|rules)"
            + "|(reveal|show|print|output|repeat|display).{0,30}"
            + "(prompt|instructions|above|configuration)|debug(ging)? (mode|this system)");
    patterns.put(
        Tactic.MEMORY,
        "trained on|training data|memori[sz]ed|verbatim|\\[mask\\]"
            + "|repeat (this|the) (word|following|phrase)|\\bforever\\b|word for word");
    patterns.put(Tactic.ENCODING, "base ?64|rot13|\\bhex\\b|leetspeak|backwards|encode|decode");
    Map<Tactic, Pattern> compiled = new EnumMap<>(Tactic.class);
    patterns.forEach((tactic, pattern) -> compiled.put(tactic, Pattern.compile(pattern)));
    return compiled;
  }

  @Override
  public double variety() {
    return variety;
  }

  @Override
  public int bucketCount() {
    return buckets.length;
  }

  @Override
  public int bucket(int index) {
    return buckets[index];
  }

  @Override
  public long fingerprint() {
    return fingerprint;
  }

  @Override
  public int tactics() {
    return tactics;
  }

  @Override
  public long headFingerprint() {
    return head;
  }

  @Override
  public long tailFingerprint() {
    return tail;
  }

  @Override
  public long lineFingerprint() {
    return line;
  }

  @Override
  public String opening() {
    return "letter";
  }

  @Override
  public String first() {
    return "upper";
  }

  @Override
  public String ending() {
    return "letter";
  }

  @Override
  public double repetition() {
    return 0;
  }

  @Override
  public double newlineShare() {
    return 0;
  }

  @Override
  public double punctuationShare() {
    return 0;
  }

  @Override
  public double meanWordLength() {
    return 5;
  }

  @Override
  public double echo() {
    return 0;
  }
}
