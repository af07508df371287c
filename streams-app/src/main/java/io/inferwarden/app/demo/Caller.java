package io.inferwarden.app.demo;

import java.util.SplittableRandom;

/** Who asks: a principal of an organisation behind an address. */
record Caller(String principal, String org, String address) {

  Caller behind(String otherAddress) {
    return new Caller(principal, org, otherAddress);
  }

  /** Hands out callers, each with a network of its own. */
  static final class Register {
    private final SplittableRandom random;
    private int issued;

    Register(SplittableRandom random) {
      this.random = random;
    }

    Caller next(String org) {
      int number = issued++;
      String principal = "key-%04x%03x".formatted(random.nextInt(0x10000), number);
      return new Caller(principal, org, address(number));
    }

    /** In 198.18.0.0/15, which is reserved for simulations (RFC 2544). */
    private String address(int number) {
      if (number >= 512) {
        throw new IllegalStateException("there are only 512 networks to hand out");
      }
      return "198.%d.%d.%d".formatted(18 + number / 256, number % 256, 1 + random.nextInt(254));
    }
  }
}
