package io.inferwarden.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ChildProcessTest {
  private static final Pattern ANSWER = Pattern.compile("Answer: (.+)");

  /** Says what it was told and, where it is to go on, waits to be ended. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      System.out.println("something else");
      System.out.println("Answer: " + arguments[0] + " " + System.getProperty("told"));
      if (arguments.length > 1) {
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
          System.out.println("what nobody waits for, more than a pipe holds, line " + i);
        }
        System.out.flush();
        int unused = System.in.read();
      }
    }
  }

  @Test
  void hearsTheLineThatItWaitsForAmongOthers() throws IOException {
    try (ChildProcess child =
        ChildProcess.start(Child.class, List.of("-Dtold=option"), List.of("argument"))) {
      assertThat(child.await(ANSWER).group(1)).isEqualTo("argument option");
    }
  }

  @Test
  void aProcessThatEndsBeforeItsAnswerIsAnError() throws IOException {
    try (ChildProcess child = ChildProcess.start(Child.class, List.of(), List.of("argument"))) {
      assertThatThrownBy(() -> child.await(Pattern.compile("never said")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("never said");
    }
  }

  @Test
  void aProcessThatGoesOnTalkingIsNotHeldUp() throws Exception {
    try (ChildProcess child =
        ChildProcess.start(Child.class, List.of(), List.of("argument", "20000"))) {
      child.await(ANSWER);

      assertThat(child.largestClasses(3)).hasSize(3).allMatch(line -> line.contains("java.base"));
    }
  }

  @Test
  void closingEndsTheProcess() throws Exception {
    ChildProcess child = ChildProcess.start(Child.class, List.of(), List.of("argument", "1"));
    child.await(ANSWER);

    child.close();

    assertThatThrownBy(child::collectGarbage).isInstanceOf(IOException.class);
  }
}
