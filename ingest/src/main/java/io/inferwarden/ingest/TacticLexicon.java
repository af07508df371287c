package io.inferwarden.ingest;

import java.util.List;

/**
 * The phrases that show a {@link TextTactic}: data, in the notation that {@link TacticMatcher}
 * reads. A phrase is in lower case and found anywhere, within words too. {@code (a|b|)} spells it
 * with a, with b and without either; {@code #} is an edge of a word, {@code *} one more letter,
 * digit or underscore; {@code ...} stands for up to {@value TacticMatcher#WIDEST_GAP} UTF-16 units
 * of the same line.
 *
 * <p>The phrases come from public collections and papers: the prompts of garak, the scanner for
 * language models (github.com/NVIDIA/garak); LLM01 (prompt injection) and LLM07 (leakage of the
 * system prompt) of OWASP's Top 10 for LLM applications, 2025; name cloze (Chang, Cramer, Soni and
 * Bamman 2023, arXiv 2305.00118) and divergence attacks (Nasr and others 2023, arXiv 2311.17035).
 * None was learned from labels.
 */
final class TacticLexicon {
  private TacticLexicon() {}

  /** All phrases of a tactic. */
  static List<String> phrases(TextTactic tactic) {
    return switch (tactic) {
      case OVERRIDE ->
          List.of(
              "ignore (all|any|the|your|previous|every)",
              "disregard (all|any|the|your|previous)",
              "forget (all|everything|your|previous)",
              "instructions (previously|you|above|before)");
      case PERSONA ->
          List.of(
              "pretend (to be|you|that)",
              "you are (now|going to)",
              "act as",
              "acting as",
              "role( |)play",
              "from (this point|now) on",
              "simulat*",
              "in character",
              "immerse yourself",
              "which stands for");
      case UNBOUND ->
          List.of(
              "jailbr*",
              "do anything now",
              "#dan#",
              "developer mode",
              "unfiltered",
              "uncensored",
              "no (restrictions|limits|filters|rules|ethic)",
              "without (any |)(restrictions|filters|limits|censor)",
              "restrictions",
              "amoral",
              "immoral");
      case REFUSAL_TALK ->
          List.of(
              "as an ai",
              "language model",
              "i can('|)t (assist|help)",
              "i('|)m sorry",
              "cannot refuse",
              "never (say|refuse|reject)",
              "not allowed",
              "openai",
              "chatgpt",
              "content polic*",
              "guidelines");
      case HARM ->
          List.of(
              "illegal",
              "unethical",
              "weapon",
              "bomb#",
              "hack(ing|)#",
              "phishing",
              "malware",
              "steal",
              "racist",
              "sexist",
              "porn",
              "cyberstalk",
              "evade");
      case SYSTEM_PROMPT ->
          List.of(
              "system( |)(prompt|message|instruction)",
              "(your|initial|hidden|original|above|secret) (prompt|instruction|rules)",
              "(reveal|show|print|output|repeat|display)...(prompt|instructions|above|configuration)",
              "debug(ging|) (mode|this system)");
      case MEMORY ->
          List.of(
              "trained on",
              "training data",
              "memori(s|z)ed",
              "verbatim",
              "[mask]",
              "repeat (this|the) (word|following|phrase)",
              "#forever#",
              "word for word");
      case ENCODING ->
          List.of("base( |)64", "rot13", "#hex#", "leetspeak", "backwards", "encode", "decode");
    };
  }
}
