package io.millrace.jobs.predict;

import com.univocity.parsers.common.TextWritingException;
import com.univocity.parsers.csv.CsvWriter;
import io.millrace.jobs.files.CsvText;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines as CSV in UTF-8. Probabilities are the shortest decimals that give the same float again;
 * {@code top-k} is a JSON array, so that a class's name may have any characters.
 */
final class CsvLines implements LineSink {
  private final Writer out;
  private final CsvWriter csv;
  private final List<String> classNames;

  /**
   * @param out closed with this
   * @param classNames by label number
   */
  CsvLines(OutputStream out, List<String> classNames) {
    this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    this.classNames = classNames;
    this.csv = CsvText.to(this.out, COLUMNS.toArray(String[]::new));
  }

  @Override
  public void write(Line line) throws IOException {
    try {
      csv.writeRow(cells(line));
    } catch (TextWritingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Object[] cells(Line line) {
    if (!line.isReadable()) {
      return new Object[] {line.id(), -1, "", "", "[]", line.reason()};
    }
    Likeliest best = line.likeliest();
    int label = best.labels()[0];
    String top = JsonText.line(top(best));
    return new Object[] {line.id(), label, classNames.get(label), best.probabilities()[0], top, ""};
  }

  private List<Map<String, Object>> top(Likeliest best) {
    List<Map<String, Object>> top = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("label", best.labels()[i]);
      one.put("class", classNames.get(best.labels()[i]));
      one.put("probability", best.probabilities()[i]);
      top.add(one);
    }
    return top;
  }

  @Override
  public void close() throws IOException {
    try (out) {
      csv.flush();
    } catch (TextWritingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
