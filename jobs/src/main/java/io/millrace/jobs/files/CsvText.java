package io.millrace.jobs.files;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.Writer;

/** CSV as all of our files have it: RFC 4180 with line feeds, every cell as it is. */
public final class CsvText {
  private CsvText() {}

  /**
   * Writes lines of cells; its headers come first.
   *
   * @param out not closed with it
   */
  public static CsvWriter to(Writer out, String... headers) {
    CsvWriterSettings settings = new CsvWriterSettings();
    settings.getFormat().setLineSeparator("\n");
    // Blanks at the ends of a name are part of it.
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setQuotationTriggers('\r');
    CsvWriter csv = new CsvWriter(out, settings);
    csv.writeHeaders(headers);
    return csv;
  }
}
