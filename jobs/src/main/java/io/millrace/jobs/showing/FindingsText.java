package io.millrace.jobs.showing;

import io.millrace.jobs.doctor.Findings;
import io.millrace.jobs.doctor.PartRate;
import io.millrace.pipeline.text.Amounts;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a check-up found, as it is printed. */
public final class FindingsText {
  private static final String ROW = "  %-9s %14s %14s  %s%n";

  private FindingsText() {}

  public static String table(String stage, Findings findings) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%s: %s, each with %s to decode, augment and assemble, and one to read%n",
            stage,
            Amounts.count(findings.workers(), "worker"),
            Amounts.count(findings.threads(), "thread")));
    text.append(String.format(ROW, "part", "images/s", "us an image", ""));
    for (PartRate rate : findings.rates()) {
      text.append(
          String.format(
              ROW,
              rate.part().text(),
              Amounts.decimal(rate.imagesPerSecond(), 0),
              Amounts.decimal(rate.micros(), 2),
              rate.about()));
    }
    return text.append(findings.sentence()).append(System.lineSeparator()).toString();
  }

  public static Map<String, Object> json(String stage, Findings findings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outcome", "succeeded");
    json.put("stage", stage);
    json.put("workers", findings.workers());
    json.put("workers-measured-at-once", findings.atOnce());
    json.put("feed-threads", findings.threads());
    Map<String, Object> parts = new LinkedHashMap<>();
    for (PartRate rate : findings.rates()) {
      parts.put(
          rate.part().text(),
          Map.of("images-per-second", rate.imagesPerSecond(), "about", rate.about()));
    }
    json.put("parts", parts);
    json.put("feed-images-per-second", findings.feed());
    json.put("waiting-share", findings.waiting());
    json.put("bottleneck", findings.bottleneck().text());
    json.put("advice", findings.sentence());
    return json;
  }
}
