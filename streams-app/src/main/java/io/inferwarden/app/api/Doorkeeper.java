package io.inferwarden.app.api;

import com.sun.net.httpserver.Headers;
import io.inferwarden.app.policy.ApiToken;
import io.inferwarden.app.policy.ApiToken.Access;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says who a caller is. Where tokens are configured, the one they bring; where none is, only
 * whoever is on the same machine is let in, and may do everything.
 *
 * <p>A browser on that machine may be led here by a page from elsewhere. It gives itself away by
 * the name it asks for (DNS rebinding) and by where a write comes from.
 */
public final class Doorkeeper {
  /** Who acts where no token is needed. */
  static final String WITHOUT_TOKEN = "loopback";

  private static final int LEAST_TOKEN = 16;
  private static final String SCHEME = "bearer ";
  private static final String CHALLENGE = "Bearer realm=\"inferwarden\"";
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  /** A token that opens, known by its digest only. */
  private static final class Known {
    private final Caller caller;
    private final byte[] digest;

    private Known(Caller caller, byte[] digest) {
      this.caller = caller;
      this.digest = digest;
    }

    private boolean is(byte[] other) {
      return MessageDigest.isEqual(digest, other);
    }
  }

  private final boolean isLoopback;
  private final List<Known> known;

  private Doorkeeper(boolean isLoopback, List<Known> known) {
    this.isLoopback = isLoopback;
    this.known = List.copyOf(known);
  }

  /**
   * The doorkeeper of an address.
   *
   * @param host on which the API is served
   * @param environment the environment variables of the process
   * @throws IOException when a token cannot be read, is too short or there twice
   */
  public static Doorkeeper at(String host, List<ApiToken> tokens, Map<String, String> environment)
      throws IOException {
    List<Known> known = new ArrayList<>();
    for (ApiToken token : tokens) {
      String secret = token.secret().read(environment);
      if (secret.length() < LEAST_TOKEN) {
        throw new IOException(
            "the token " + token.name() + " must have at least " + LEAST_TOKEN + " characters");
      }
      byte[] digest = digest(secret);
      if (known.stream().anyMatch(other -> other.is(digest))) {
        throw new IOException("the token " + token.name() + " must not be that of another one");
      }
      known.add(new Known(new Caller(token.name(), token.access()), digest));
    }
    return new Doorkeeper(InetAddress.getByName(host).isLoopbackAddress(), known);
  }

  /** Who the caller is; one that must stay outside is an {@link ApiProblem}. */
  Caller admit(Headers headers) throws ApiProblem {
    return known.isEmpty() ? admitWithoutToken(headers) : admitWithToken(headers);
  }

  private Caller admitWithoutToken(Headers headers) throws ApiProblem {
    if (!isLoopback) {
      throw ApiProblem.forbidden(
          "the API is served beyond this machine, so it needs tokens: set operations.tokens");
    }
    if (headers.containsKey("X-Forwarded-For") || headers.containsKey("Forwarded")) {
      throw ApiProblem.forbidden(
          "the request came through a proxy, so the API needs tokens: set operations.tokens");
    }
    if (!LOOPBACK_NAMES.contains(withoutPort(headers.getFirst("Host")))) {
      throw ApiProblem.forbidden(
          "without a token, ask for localhost, 127.0.0.1 or [::1] by that name");
    }
    return new Caller(WITHOUT_TOKEN, Access.OPERATOR);
  }

  private Caller admitWithToken(Headers headers) throws ApiProblem {
    List<String> sent = headers.getOrDefault("Authorization", List.of());
    if (sent.size() != 1 || !sent.get(0).toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw ApiProblem.unauthorized("send one header Authorization: Bearer TOKEN", CHALLENGE);
    }
    byte[] digest = digest(sent.get(0).substring(SCHEME.length()).strip());
    Caller caller = null;
    for (Known candidate : known) { // always all of them, so that time tells nothing
      if (candidate.is(digest)) {
        caller = candidate.caller;
      }
    }
    if (caller == null) {
      throw ApiProblem.unauthorized(
          "the token is none of operations.tokens", CHALLENGE + ", error=\"invalid_token\"");
    }
    return caller;
  }

  /** Refuses what a caller may not do. */
  static void require(Caller caller, Access needed) throws ApiProblem {
    if (!caller.may(needed)) {
      throw ApiProblem.forbidden(
          "this needs a token with the role operator; that of " + caller.name() + " is a reader");
    }
  }

  /** Refuses a write that a page of another origin sends through somebody's browser. */
  static void requireSameOrigin(Headers headers) throws ApiProblem {
    String site = headers.getFirst("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw ApiProblem.forbidden("a browser may write here only from a page of this origin");
    }
    String origin = headers.getFirst("Origin");
    String host = headers.getFirst("Host");
    if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
      throw ApiProblem.forbidden("a browser may write here only from a page of this origin");
    }
  }

  private static String withoutPort(@Nullable String host) {
    return host == null ? "" : host.toLowerCase(Locale.ROOT).replaceFirst(":\\d{1,5}$", "");
  }

  private static byte[] digest(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
