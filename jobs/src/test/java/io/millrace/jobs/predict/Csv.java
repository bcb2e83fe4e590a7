package io.millrace.jobs.predict;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A CSV file of predictions as a user's program reads it. */
final class Csv {
  private Csv() {}

  /** Cells by column, by id; what is empty is "". */
  static Map<String, Map<String, String>> byId(Path file) throws IOException {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setNullValue("");
    settings.getFormat().setLineSeparator("\n");
    settings.getFormat().setComment('\0');
    List<String[]> rows =
        new CsvParser(settings).parseAll(Files.newBufferedReader(file, StandardCharsets.UTF_8));
    Map<String, Map<String, String>> byId = new LinkedHashMap<>();
    for (String[] row : rows.subList(1, rows.size())) {
      Map<String, String> cells = new LinkedHashMap<>();
      for (int i = 0; i < row.length; i++) {
        cells.put(rows.get(0)[i], row[i]);
      }
      if (byId.put(row[0], cells) != null) {
        throw new AssertionError("two lines of " + row[0]);
      }
    }
    return byId;
  }

  /** The objects in a cell of {@code top-k}. */
  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> top(Map<String, String> cells) throws IOException {
    String object = "{\"all\":" + cells.get("top-k") + "}";
    return (List<Map<String, Object>>)
        JsonText.object(object.getBytes(StandardCharsets.UTF_8)).get("all");
  }
}
