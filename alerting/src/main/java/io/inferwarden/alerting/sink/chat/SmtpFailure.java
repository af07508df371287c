package io.inferwarden.alerting.sink.chat;

import io.inferwarden.alerting.outbox.DeliveryException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an SMTP server answered out of the exceptions of the mail library. Only codes come
 * into the message: the words of a server may repeat what was sent to it.
 */
final class SmtpFailure {
  private static final int FIRST_FAILURE = 400;
  private static final int FIRST_PERMANENT = 500;

  /** The answer at the beginning of a message, with its enhanced code (RFC 3463) if it has one. */
  private static final Pattern ANSWER =
      Pattern.compile("^(\\d{3})(?:[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b)?");

  /** How the library words a greeting that is none. */
  private static final Pattern GREETING = Pattern.compile("response: (\\d{3})");

  private final List<Integer> codes = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private String withoutAnswer = "no answer";

  private SmtpFailure() {}

  /** One that is put off outweighs one that is refused, as another attempt may help it. */
  static DeliveryException of(MessagingException failure) {
    SmtpFailure read = new SmtpFailure();
    read.read(failure);
    if (read.codes.isEmpty()) {
      return DeliveryException.retryable("SMTP: " + read.withoutAnswer);
    }
    String message = "SMTP " + String.join(", ", read.words);
    return read.codes.stream().anyMatch(code -> code < FIRST_PERMANENT)
        ? DeliveryException.retryable(message)
        : DeliveryException.permanent(message);
  }

  private void read(@Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    String text = failure.getMessage() == null ? "" : failure.getMessage();
    if (failure instanceof SMTPSendFailedException answer) {
      add(answer.getReturnCode(), text);
    } else if (failure instanceof SMTPAddressFailedException answer) {
      add(answer.getReturnCode(), text);
    } else if (failure instanceof SMTPSenderFailedException answer) {
      add(answer.getReturnCode(), text);
    } else if (failure instanceof AuthenticationFailedException) {
      withoutAnswer = "login failed";
      Matcher matcher = ANSWER.matcher(text);
      add(matcher.find() ? Integer.parseInt(matcher.group(1)) : 0, text);
    } else {
      readGreeting(text);
      nameCause(failure);
    }
    if (failure instanceof MessagingException next) {
      read(next.getNextException());
    }
  }

  private void add(int code, String text) {
    if (code < FIRST_FAILURE) {
      return;
    }
    codes.add(code);
    Matcher matcher = ANSWER.matcher(text);
    boolean isEnhanced = matcher.find() && matcher.group(2) != null;
    String word = isEnhanced ? code + " " + matcher.group(2) : Integer.toString(code);
    if (!words.contains(word)) {
      words.add(word);
    }
  }

  private void readGreeting(String text) {
    Matcher matcher = GREETING.matcher(text);
    if (matcher.find()) {
      add(Integer.parseInt(matcher.group(1)), "");
    }
  }

  private void nameCause(Throwable failure) {
    if (failure instanceof SocketTimeoutException) {
      withoutAnswer = "no answer in time";
    } else if (!failure.getClass().equals(MessagingException.class)) {
      withoutAnswer = "no answer: " + failure.getClass().getSimpleName();
    }
  }
}
