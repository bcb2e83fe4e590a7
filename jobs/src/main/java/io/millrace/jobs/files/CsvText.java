package io.millrace.jobs.files;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.Writer;

/** The CSV of all our files: RFC 4180 with line feeds, cells unchanged. */
public final class CsvText {
  private CsvText() {}

  /**
   * A writer of lines of cells, after a line of headers.
   *
   * @param out not closed with the writer
   */
  public static CsvWriter to(Writer out, String... headers) {
    CsvWriterSettings settings = new CsvWriterSettings();
    settings.getFormat().setLineSeparator("\n");
    // Spaces at the ends of a name are part of it.
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setQuotationTriggers('\r');
    CsvWriter csv = new CsvWriter(out, settings);
    csv.writeHeaders(headers);
    return csv;
  }
}
