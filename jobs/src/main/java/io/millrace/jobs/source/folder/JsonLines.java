package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.Json;
import io.millrace.jobs.source.GivenFiles;
import io.millrace.pipeline.CannotException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** A file with a JSON object in each line, as a CSV file whose heading is the first one's keys. */
record JsonLines(CsvLabels labels) {
  static boolean are(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".jsonl") || lower.endsWith(".ndjson");
  }

  void visit(CsvLabels.Visitor visitor) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                GivenFiles.open(new Path(labels.file())), Charset.forName(labels.encoding())))) {
      List<String> keys = List.of();
      long number = 0;
      long line = 1;
      for (String text = in.readLine(); text != null; text = in.readLine(), line++) {
        if (text.isBlank()) {
          continue;
        }
        Map<String, Object> object = object(text, line);
        if (number == 0) {
          keys = List.copyOf(object.keySet());
          visitor.line(number++, line, keys.toArray(String[]::new));
        }
        visitor.line(
            number++, line, keys.stream().map(key -> cell(object.get(key))).toArray(String[]::new));
      }
    }
  }

  private Map<String, Object> object(String text, long line) {
    try {
      return Json.object(text);
    } catch (IOException e) {
      throw new CannotException(labels.what(), "its line " + line + " is not a JSON object", e);
    }
  }

  /** Null for other values, such as boxes. */
  private static String cell(Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : null;
  }
}
