package io.inferwarden.app.policy;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/** Where the address of a receiver comes from; some addresses are credentials. */
public sealed interface AddressSource {
  /** What an address must fulfil; says nothing of what else it holds. */
  Rule<URI> ADDRESS =
      url ->
          Rule.unless(isHttp(url), "must be an http or https address with a host")
              .or(
                  () ->
                      Rule.unless(
                          url.getRawUserInfo() == null,
                          "must not hold a user or password; use a secret of the sink"));

  /**
   * Reads the address.
   *
   * @param environment the environment variables of the process
   * @throws IOException if there is none, with a message that does not hold it
   */
  URI read(Map<String, String> environment) throws IOException;

  /** An address that stands in the configuration. */
  record Given(URI url) implements AddressSource {
    public Given {
      ADDRESS.require("url", url);
    }

    @Override
    public URI read(Map<String, String> environment) {
      return url;
    }

    /** Without path and query, which may hold a credential. */
    @Override
    public String toString() {
      return url.getScheme() + "://" + url.getHost();
    }
  }

  /** An address that is kept as a secret. */
  record Kept(SecretSource source) implements AddressSource {
    /** The cause of a syntax error is left out: it quotes the address. */
    @Override
    public URI read(Map<String, String> environment) throws IOException {
      URI url;
      try {
        url = new URI(source.read(environment));
      } catch (URISyntaxException e) {
        throw new IOException("the address that " + source.inWords() + " holds is none");
      }
      Optional<String> violation = ADDRESS.violation(url);
      if (violation.isPresent()) {
        throw new IOException("the address that " + source.inWords() + " holds " + violation.get());
      }
      return url;
    }
  }

  private static boolean isHttp(URI url) {
    return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
        && url.getHost() != null;
  }
}
