package io.inferwarden.detectors.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/** A labelled trace of a chat model, as prints of prompts. */
record ChatTrace(List<Event> events, Map<String, String> attacks, Map<String, String> roles) {
  private static final Pattern WORD = Pattern.compile("[a-z']+");
  private static final int SHORT_LINE = 60;

  /** The part of the reference's lexicon that two-tactic prompts of the traces need. */
  private static final List<Pattern> TACTICS =
      List.of(
          Pattern.compile(
              "ignore (all|any|the|your|previous|every)|disregard (all|any|the|your|previous)"
                  + "|forget (all|everything|your|previous)"
                  + "|instructions (previously|you|above|before)"),
          Pattern.compile(
              "pretend (to be|you|that)|you are (now|going to)|act as|acting as|role ?play"
                  + "|from (this point|now) on|simulat\\w+|in character|immerse yourself"
                  + "|which stands for"),
          Pattern.compile(
              "jailbr\\w+|do anything now|\\bdan\\b|developer mode|unfiltered|uncensored"
                  + "|no (restrictions|limits|filters|rules|ethic\\w*)"
                  + "|without (any )?(restrictions|filters|limits|censor\\w*)"
                  + "|free (of|from) (all )?restrictions|restrictions|amoral|immoral"),
          Pattern.compile(
              "as an ai|language model|i can'?t (assist|help)|i'?m sorry|cannot refuse"
                  + "|never (say|refuse|reject)|not allowed|openai|chatgpt|content polic\\w+"
                  + "|guidelines"),
          Pattern.compile(
              "illegal|unethical|weapon\\w*|bomb\\b|hack(ing)?\\b|phishing|malware|steal\\w*"
                  + "|racist|sexist|porn\\w*|cyberstalk|evade"),
          Pattern.compile(
              "system ?(prompt|message|instructions?)"
                  + "|(your|initial|hidden|original|above|secret) (prompt|instructions?|rules)"
                  + "|(reveal|show|print|output|repeat|display)"
                  + ".{0,30}(prompt|instructions|above|configuration)"
                  + "|debug(ging)? (mode|this system)"),
          Pattern.compile(
              "trained on|training data|memori[sz]ed|verbatim|\\[mask\\]"
                  + "|repeat (this|the) (word|following|phrase)|\\bforever\\b|word for word"),
          Pattern.compile("base ?64|rot13|\\bhex\\b|leetspeak|backwards|encode|decode"));

  record Event(String account, PromptPrint print) {}

  static ChatTrace read(Path folder, String name) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<Event> events = new ArrayList<>();
    Map<String, PromptPrint> known = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(name + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = mapper.readTree(line);
        String text = event.path("input").path("text").asText("");
        events.add(
            new Event(
                event.path("principal").asText(), known.computeIfAbsent(text, ChatTrace::print)));
      }
    }
    JsonNode labels = mapper.readTree(folder.resolve(name + ".labels.json").toFile());
    Map<String, String> attacks = new HashMap<>();
    labels
        .path("principals")
        .forEach(
            one ->
                attacks.putIfAbsent(one.path("principal").asText(), one.path("attack").asText()));
    Map<String, String> roles = new HashMap<>();
    labels
        .path("roles")
        .properties()
        .forEach(role -> roles.put(role.getKey(), role.getValue().asText()));
    return new ChatTrace(events, attacks, roles);
  }

  private static PromptPrint print(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(lower);
    while (matcher.find()) {
      if (Character.isLetter(matcher.group().charAt(0))) {
        words.add(matcher.group());
      }
    }
    String stripped = lower.strip();
    String line = stripped.substring(stripped.lastIndexOf('\n') + 1).strip();
    int tactics = 0;
    for (Pattern tactic : TACTICS) {
      tactics += tactic.matcher(lower).find() ? 1 : 0;
    }
    return new PromptPrint(
        hash(text),
        line.isEmpty() || line.length() > SHORT_LINE ? 0 : hash(line),
        hash(String.join(" ", words.subList(0, Math.min(4, words.size())))),
        hash(String.join(" ", words.subList(Math.max(0, words.size() - 4), words.size()))),
        tactics);
  }

  private static long hash(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() * 0x9e3779b97f4a7c15L;
  }

  /** What an account is by the labels. */
  String role(String account) {
    return attacks.getOrDefault(account, roles.getOrDefault(account, "people"));
  }

  /** A burst in words: what it is, and what its members are by the labels. */
  String summary(Burst burst) {
    Map<String, Integer> members = new TreeMap<>();
    burst.members().forEach(member -> members.merge(role(member.account()), 1, Integer::sum));
    return String.format(
        Locale.ROOT,
        "%s of %d wordings carried %.2f %s late %s",
        burst.kind(),
        burst.wordings(),
        burst.carried(),
        members,
        burst.lateJoiners().stream().map(this::role).toList());
  }

  /** The first prompts of each account, in the order in which the tenth of them was sent. */
  List<Adoption> adoptions() {
    Map<String, List<PromptPrint>> first = new HashMap<>();
    Map<String, Set<Long>> sent = new HashMap<>();
    List<Adoption> adoptions = new ArrayList<>();
    for (Event event : events) {
      List<PromptPrint> own = first.computeIfAbsent(event.account(), account -> new ArrayList<>());
      if (own.size() < Adoption.PROMPTS
          && sent.computeIfAbsent(event.account(), account -> new HashSet<>())
              .add(event.print().exact())) {
        own.add(event.print());
        if (own.size() == Adoption.PROMPTS) {
          adoptions.add(new Adoption(event.account(), null, own));
        }
      }
    }
    return adoptions;
  }
}
