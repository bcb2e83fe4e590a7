package io.millrace.pipeline.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** What the folder of a run is called: the UTC time of its start. */
public final class RunName {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS'Z'").withZone(ZoneOffset.UTC);
  // The number is of a second run in one millisecond.
  private static final Pattern ANY =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}Z(-\\d+)?");

  private RunName() {}

  static String at(Instant start) {
    return FORM.format(start);
  }

  /** Whether a text is one. */
  public static boolean isOne(String text) {
    return ANY.matcher(text).matches();
  }
}
