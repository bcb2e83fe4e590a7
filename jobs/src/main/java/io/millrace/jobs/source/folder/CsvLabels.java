package io.millrace.jobs.source.folder;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.source.GivenFiles;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;

/** A file of lines {@code path,label}, read line by line. */
record CsvLabels(URI file) implements Serializable {
  private static final int LONGEST_COLUMN = 1 << 16;

  /** Takes lines. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param label empty if there is none
     */
    void line(long number, String path, String label) throws IOException;
  }

  /**
   * Goes through all lines that are not empty, from 0 on.
   *
   * @throws CannotException if it can't be read, or a line has no path
   */
  void visit(Visitor visitor) throws IOException {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setMaxCharsPerColumn(LONGEST_COLUMN);
    settings.setSkipEmptyLines(true);
    // A file's name may begin with #.
    settings.setCommentProcessingEnabled(false);
    CsvParser parser = new CsvParser(settings);
    String what = "read " + JobFiles.shown(file);
    try (InputStream in = GivenFiles.open(new Path(file))) {
      parser.beginParsing(in, StandardCharsets.UTF_8);
      long number = 0;
      for (String[] line = parser.parseNext(); line != null; line = parser.parseNext()) {
        if (line.length == 0 || line[0] == null) {
          throw new CannotException(
              what,
              "its line "
                  + parser.getContext().currentLine()
                  + " has no path; lines are path,label");
        }
        visitor.line(number++, line[0], line.length < 2 || line[1] == null ? "" : line[1].strip());
      }
    } catch (TextParsingException e) {
      throw new CannotException(
          what, "it is no CSV file: " + e.getMessage().lines().findFirst().orElse(""), e);
    } finally {
      parser.stopParsing();
    }
  }
}
