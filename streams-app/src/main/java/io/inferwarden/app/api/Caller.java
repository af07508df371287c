package io.inferwarden.app.api;

import io.inferwarden.app.policy.ApiToken.Access;

/**
 * Who asks.
 *
 * @param name that of the token, or a word for whoever is on the same machine
 * @param access what they may do
 */
record Caller(String name, Access access) {
  boolean may(Access needed) {
    return access.compareTo(needed) >= 0;
  }
}
