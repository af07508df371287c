package io.inferwarden.app.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Lets somebody into the HTTP API of incidents.
 *
 * @param name who that is: it stands beside what they acknowledge, judge and silence
 * @param access what they may do
 * @param secret where the token itself is kept
 */
public record ApiToken(String name, Access access, SecretSource secret) {
  static final Rule<String> NAME =
      Rule.matching("[A-Za-z0-9._@-]{1,60}", "up to 60 letters, digits, '.', '_', '@' and '-'");

  /** What the key {@code role} of a token may be. */
  static final Rule<String> ROLE =
      Rule.oneOf(Arrays.stream(Access.values()).map(Access::code).toList());

  /** What a token lets its bearer do. */
  public enum Access {
    /** Look at everything. */
    READER,
    /** And acknowledge, judge, silence, test and deliver again. */
    OPERATOR;

    /** The word used in the configuration, such as {@code reader}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The access with the given code; an unknown code is an {@link IllegalArgumentException}. */
    public static Access ofCode(String code) {
      return valueOf(ROLE.require("role", code).toUpperCase(Locale.ROOT));
    }
  }

  public ApiToken {
    NAME.require("operations.tokens.name", name);
  }

  /** Refuses two tokens of the same name: what is done could not be told apart. */
  static void requireUniqueNames(List<ApiToken> tokens) {
    if (tokens.stream().map(ApiToken::name).distinct().count() != tokens.size()) {
      throw new IllegalArgumentException("operations.tokens must have different names");
    }
  }
}
