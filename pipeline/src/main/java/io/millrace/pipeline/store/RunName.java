package io.millrace.pipeline.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** The name of a run's folder: the UTC time of its start. */
public final class RunName {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS'Z'").withZone(ZoneOffset.UTC);
  // The number is for further runs in the same millisecond.
  private static final Pattern ANY =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}Z(-\\d+)?");

  private RunName() {}

  static String at(Instant start) {
    return FORM.format(start);
  }

  /** Whether a text is such a name. */
  public static boolean isOne(String text) {
    return ANY.matcher(text).matches();
  }
}
