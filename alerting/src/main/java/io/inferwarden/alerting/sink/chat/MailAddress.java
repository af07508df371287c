package io.inferwarden.alerting.sink.chat;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** Reads the addresses of mails, and takes one at a time only. */
final class MailAddress {
  private MailAddress() {}

  /**
   * Throws {@link IllegalArgumentException} when it is no single address in ASCII with a domain.
   *
   * @param name of the setting, for the message
   */
  static InternetAddress of(String name, String text) {
    String rule = name + " must be a mail address in ASCII, such as soc@example.org, was " + text;
    if (!text.chars().allMatch(sign -> sign >= ' ' && sign < 127)) {
      throw new IllegalArgumentException(
          name + " must be a mail address in ASCII without line breaks");
    }
    try {
      InternetAddress[] addresses = InternetAddress.parse(text, true);
      if (addresses.length != 1
          || addresses[0].isGroup()
          || addresses[0].getAddress().indexOf('@') < 0) {
        throw new IllegalArgumentException(rule);
      }
      addresses[0].validate();
      return addresses[0];
    } catch (AddressException e) {
      throw new IllegalArgumentException(rule, e);
    }
  }
}
