package io.millrace.jobs.source.folder;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.GivenFiles;
import io.millrace.jobs.source.SplitNames;
import io.millrace.pipeline.CannotException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Serializable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * A CSV file with a line for each picture, read line by line.
 *
 * @param encoding of its text, e.g. {@code utf-8}
 */
record CsvLabels(URI file, String encoding) implements Serializable {
  private static final int LONGEST_COLUMN = 1 << 16;

  /** Takes lines. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param number counts lines that are not empty, from 0 on
     * @param line its number in the file, from 1 on
     * @param cells null where there is nothing
     */
    void line(long number, long line, String[] cells) throws IOException;
  }

  /**
   * Visits all lines that are not empty.
   *
   * @throws CannotException if it can't be read
   */
  void visit(Visitor visitor) throws IOException {
    if (JsonLines.are(name())) {
      new JsonLines(this).visit(visitor);
      return;
    }
    CsvParserSettings settings = new CsvParserSettings();
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setMaxCharsPerColumn(LONGEST_COLUMN);
    settings.setSkipEmptyLines(true);
    settings.getFormat().setDelimiter(delimiter());
    // A file's name may begin with #.
    settings.setCommentProcessingEnabled(false);
    CsvParser parser = new CsvParser(settings);
    try (InputStream in = GivenFiles.open(new Path(file))) {
      parser.beginParsing(in, Charset.forName(encoding));
      long number = 0;
      for (String[] line = parser.parseNext(); line != null; line = parser.parseNext()) {
        visitor.line(number++, parser.getContext().currentLine(), line);
      }
    } catch (TextParsingException e) {
      throw new CannotException(
          what(), "it is not a CSV file: " + e.getMessage().lines().findFirst().orElse(""), e);
    } finally {
      parser.stopParsing();
    }
  }

  boolean isBelow(URI root) {
    return JobFiles.shown(file).startsWith(above(root));
  }

  /** The path of its folder below another; empty if it is not below it. */
  String folderBelow(URI root) {
    String folder = JobFiles.shown(new Path(file).getParent().toUri());
    return folder.startsWith(above(root)) ? folder.substring(above(root).length()) : "";
  }

  private static String above(URI root) {
    // A URI of a folder may end in a slash.
    return JobFiles.shown(root).replaceFirst("/$", "") + "/";
  }

  /**
   * The split in its name, such as train_labels.csv, or in its folder's name.
   *
   * @param folder below the root
   */
  Optional<Split> split(String folder) {
    Optional<Split> named = SplitNames.inWords(name());
    return named.isPresent() ? named : SplitNames.of(folder.split("/", 2)[0]);
  }

  /** The failed action, for an error. */
  String what() {
    return "read " + JobFiles.shown(file);
  }

  /** Its name without folders. */
  String name() {
    return new Path(file).getName();
  }

  /** A semicolon or tab if the first line has no comma. */
  private char delimiter() throws IOException {
    StringBuilder first = new StringBuilder();
    try (Reader in =
        new InputStreamReader(
            new BufferedInputStream(GivenFiles.open(new Path(file))), Charset.forName(encoding))) {
      for (int c = in.read(); c >= 0 && c != '\n' && first.length() < LONGEST_COLUMN; ) {
        first.append((char) c);
        c = in.read();
      }
    }
    String line = first.toString();
    if (line.indexOf(',') >= 0) {
      return ',';
    }
    return line.indexOf(';') >= 0 ? ';' : line.indexOf('\t') >= 0 ? '\t' : ',';
  }

  /**
   * Checks the bytes against the encoding: wrongly decoded characters could merge several classes.
   *
   * @throws CannotException if they do not fit it, naming the line
   */
  void requireEncoding() throws IOException {
    Charset charset = Charset.forName(encoding);
    boolean wide = !isAscii(charset);
    try (InputStream in = new BufferedInputStream(GivenFiles.open(new Path(file)), 1 << 16)) {
      if (wide) {
        requireEncoding(charset, in.readAllBytes(), 0);
        return;
      }
      byte[] line = new byte[1 << 10];
      int length = 0;
      long number = 1;
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (length == line.length) {
          line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = (byte) b;
        if (b == '\n') {
          requireEncoding(charset, Arrays.copyOf(line, length), number++);
          length = 0;
        }
      }
      requireEncoding(charset, Arrays.copyOf(line, length), number);
    }
  }

  /** Whether a line's end is a byte of its own. */
  private static boolean isAscii(Charset charset) {
    return new String(new byte[] {'a', '\n'}, charset).equals("a\n");
  }

  private void requireEncoding(Charset charset, byte[] bytes, long line) {
    try {
      charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      String where = line > 0 ? "line " + line + " of it" : "its text";
      throw new CannotException(
          what(),
          "%s is not %s (%s); say its encoding with source.labels.encoding, e.g. windows-1252"
              .formatted(
                  where, charset.name(), new String(bytes, StandardCharsets.ISO_8859_1).strip()),
          e);
    }
  }
}
