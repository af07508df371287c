package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of cards and accounts are the published examples of their issuers and of ISO 13616. */
class PatternScannerTest {
  private static final int READS_A_CHARACTER = 40;

  private final PatternScanner scanner = new PatternScanner();
  private final TextMeasures measures = new TextMeasures();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "EMAIL         | Write to Jane.Doe+x@mail.example.org.",
        "EMAIL         | mailto:a_b%c@example.co.uk?subject=x",
        "PHONE         | +49 (30) 1234-5678",
        "PHONE         | call +14155550100, now",
        "PHONE         | (212) 555-0100",
        "PHONE         | 1-212-555-0100",
        "PHONE         | 212.555.0100",
        "PHONE         | 0151 23456789",
        "PHONE         | 030/1234567",
        "PHONE         | 01 23 45 67 89",
        "PAYMENT_CARD  | 4111 1111 1111 1111",
        "PAYMENT_CARD  | card:4111-1111-1111-1111.",
        "PAYMENT_CARD  | 5555555555554444",
        "PAYMENT_CARD  | 3782 822463 10005 exp 12/30",
        "PAYMENT_CARD  | 30569309025904",
        "PAYMENT_CARD  | 6011111111111117",
        "PAYMENT_CARD  | 3530111333300000",
        "PAYMENT_CARD  | 2223003122003222",
        "IBAN          | DE89 3704 0044 0532 0130 00 is it",
        "IBAN          | gb29nwbk60161331926819",
        "IBAN          | NO9386011117947",
        "IBAN          | MT84MALT011000012345MTLCAST001S",
        "IP_ADDRESS    | from 192.168.0.1:8080",
        "IP_ADDRESS    | the version 1.2.3.4 looks like one",
        "IP_ADDRESS    | [2001:db8::ff00:42:8329]",
        "IP_ADDRESS    | 2001:0db8:0000:0000:0000:ff00:0042:8329",
        "IP_ADDRESS    | ::ffff:10.0.0.1",
        "US_SSN        | 078-05-1120",
        "US_SSN        | ssn 078 05 1120.",
        "PRIVATE_KEY   | -----BEGIN RSA PRIVATE KEY-----",
        "PRIVATE_KEY   | x -----BEGIN PRIVATE KEY-----",
        "PRIVATE_KEY   | -----BEGIN PGP PRIVATE KEY BLOCK-----",
        "CLOUD_KEY     | AKIAIOSFODNN7EXAMPLE",
        "CLOUD_KEY     | key=AIzaSyA1234567890abcdefghijklmnopqrstuv",
        "CLOUD_KEY     | AccountKey=AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDD==",
        "API_TOKEN     | sk-proj-abcdefghij1234567890",
        "API_TOKEN     | ghp_abcdefghijABCDEFGHIJ0123456789abcdef",
        "API_TOKEN     | glpat-abcdefghij0123456789",
        "API_TOKEN     | xoxb-123456789012-abcdefghij",
        "API_TOKEN     | hf_abcdefghijklmnopqrstuvwxyzABCDEFGH",
        "API_TOKEN     | sk_live_abcdefghij123456",
        "PASSWORD      | password = hunter2",
        "PASSWORD      | DB_PASSWORD=correcthorse",
        "PASSWORD      | {\"client_secret\": \"abcdefgh\"}",
        "PASSWORD      | pwd: x7!k",
        "PASSWORD      | Passphrase := a-b-c"
      })
  void findsEachClassOnce(TextPattern pattern, String text) {
    scan(text);

    for (TextPattern other : TextPattern.values()) {
      assertThat(measures.patterns(other)).as(other.code()).isEqualTo(other == pattern ? 1 : 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody@localhost",
        "@example.org",
        "a@b@example",
        "x@example.1",
        "a.@example.org",
        "4111 1111 1111 1112",
        "4111111111111111a",
        "1234567890123452",
        "41111111111111111111",
        "3.4111111111111111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "DE88 3704 0044 0532 0130 00",
        "DE89 3704 0044 0532 0130",
        "XX82 WEST 1234 5698 7654 32",
        "v1.2.3.4",
        "1.2.3.4.5",
        "256.1.1.1",
        "01.02.03.04",
        "1.2.3",
        "at 12:34:56",
        "std::vector<ab::cd>",
        "aa:bb:cc:dd:ee:ff",
        "1:2:3:4:5:6:7:8:9",
        "000-12-3456",
        "666-12-3456",
        "900-12-3456",
        "078-00-1120",
        "078-05-0000",
        "078-05-11201",
        "078-05 1120",
        "2026-03-02 10:00:00",
        "01-02-2026 10:00",
        "3.14159265358979",
        "+1",
        "+1234567",
        "+12345678901234567",
        "112-555-0100",
        "(212) 155-0100",
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN PRIVATE KEY",
        "------BEGIN PRIVATE KEY-----",
        "AKIAIOSFODNN7EXAMPL",
        "AKIAIOSFODNN7EXAMPLEX",
        "AIzaShort",
        "sk-learn",
        "task-sk-abcdefghij1234567890",
        "sk-abcdefghijklmnopqrstuvwxyz",
        "eyJhbGciOiJub25lIn0",
        "eyJ0eXAiOiJKV1QifQ.eyJzdWIiOiJ4In0.abc",
        "the password is: ",
        "password: your",
        "password = <redacted>",
        "password=${SECRET}",
        "password == hunter2",
        "secret = os.environ[\"KEY\"]",
        "password: ****",
        "wordpress = hunter2",
        "Secret: everything, always"
      })
  void findsNothingInWhatOnlyLooksLikeIt(String text) {
    scan(text);

    for (TextPattern pattern : TextPattern.values()) {
      assertThat(measures.patterns(pattern)).as(pattern.code()).isZero();
    }
  }

  @Test
  void tellsWebTokensByTheirDecodedHeaders() {
    String header = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

    scan("Bearer " + header + "." + base64("{\"sub\":\"x\"}") + ".c2lnbmF0dXJl, and more");

    assertThat(measures.patterns(TextPattern.API_TOKEN)).isEqualTo(1);
  }

  @Test
  void countsAllOccurrences() {
    scan("a@b.de, c@d.org; 10.0.0.1 10.0.0.2 4111111111111111 4111 1111 1111 1111");

    assertThat(measures.patterns(TextPattern.EMAIL)).isEqualTo(2);
    assertThat(measures.patterns(TextPattern.IP_ADDRESS)).isEqualTo(2);
    assertThat(measures.patterns(TextPattern.PAYMENT_CARD)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@",
        "a@",
        "a.@",
        "a@a.",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@",
        "4444 ",
        "4",
        "0",
        "0-",
        "+1",
        "+1 ",
        "(",
        "(2",
        "1.",
        "1.1.1.",
        "a:",
        "::",
        " a::1",
        "-",
        "--",
        "-----BEGIN ",
        "-----BEGIN A",
        "DE89 ",
        "DE89",
        "eyJ",
        "eyJ ",
        "eyJ-",
        "sk-",
        "sk-1",
        "sk-1 ",
        "AKIA",
        "AccountKey=",
        "password=",
        "password ='",
        "secret: a ",
        "xoxb-",
        "=",
        "= "
      })
  void looksAtLongHostileTextsABoundedNumberOfTimes(String repeated) {
    char[] text = repeated.repeat(1_048_576 / repeated.length()).toCharArray();
    long before = scanner.reads();

    scanner.scan(text, 0, text.length, measures.present());

    assertThat(scanner.reads() - before).isLessThan((long) READS_A_CHARACTER * text.length);
  }

  @Test
  void takesAnyCharacters() {
    Random random = new Random(7);
    String marks = "@:=-+(). \n\"'4a\ud800\udc00\u00e9\u4e00\u0000";
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        boolean isMark = random.nextInt(3) > 0;
        text.append(
            isMark ? marks.charAt(random.nextInt(marks.length())) : (char) random.nextInt(65_536));
      }

      scan(text.toString());

      assertThat(Arrays.stream(TextPattern.values()).mapToInt(measures::patterns).sum())
          .isLessThanOrEqualTo(text.length());
    }
  }

  private void scan(String text) {
    scanner.scan(text.toCharArray(), 0, text.length(), measures.present());
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
