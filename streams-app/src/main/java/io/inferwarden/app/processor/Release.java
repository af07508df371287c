package io.inferwarden.app.processor;

import java.util.Comparator;

/**
 * What serves under a model's name: a version and, where events tell it and it matters, the digest
 * of the artefact.
 *
 * @param version as in the events; empty where they name none
 * @param digest as in the events; empty where they name none, or where the version alone counts
 */
record Release(String version, String digest) implements Comparable<Release> {
  private static final Comparator<Release> ORDER =
      Comparator.comparing(Release::version).thenComparing(Release::digest);

  /** {@code 7}, or {@code 7@sha256:…} where the digest counts. */
  String name() {
    return digest.isEmpty() ? version : version + "@" + digest;
  }

  @Override
  public int compareTo(Release other) {
    return ORDER.compare(this, other);
  }
}
