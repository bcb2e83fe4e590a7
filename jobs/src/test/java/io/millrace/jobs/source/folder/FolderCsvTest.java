package io.millrace.jobs.source.folder;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder with its labels in a CSV file. */
@Timeout(60)
class FolderCsvTest {
  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void root() throws IOException {
    root = Files.createDirectory(temp.resolve("given"));
    for (String name : List.of("a.jpg", "b.jpg", "c.jpg", "sub/d.jpg")) {
      file(root.resolve(name), jpeg(name.hashCode()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jpg,cat\nsub/d.jpg,dog\nb.jpg,cat\n",
        "path,label\na.jpg,cat\nsub/d.jpg,dog\nb.jpg,cat\n",
        "path,label\r\na.jpg,cat\r\nsub/d.jpg,dog\r\nb.jpg,cat",
        "\ufefffile,class\n\"a.jpg\",\"cat\"\n\nsub/d.jpg , dog\nb.jpg,cat,more,cells\n",
        "\ufeffa.jpg,cat\n./sub//d.jpg,dog\nsub/../b.jpg,cat\n"
      })
  void linesAreReadHoweverTheyAreWritten(String text) throws Exception {
    Ingests.Found found = list(text);
    assertThat(told(found)).containsExactly("a.jpg cat", "sub/d.jpg dog", "b.jpg cat");
    assertThat(found.rejects()).isEmpty();
    assertThat(found.leftOut()).as("c.jpg").isEqualTo(1);
    assertThat(found.ignored()).as("the CSV file").isEqualTo(1);
  }

  @Test
  void quotedCellsMayHoldCommasAndQuotes() throws Exception {
    file(root.resolve("x,\"y\".jpg"), jpeg(1));
    assertThat(told(list("\"x,\"\"y\"\".jpg\",\"a, \"\"b\"\"\"\n")))
        .containsExactly("x,\"y\".jpg a, \"b\"");
  }

  @Test
  void aNameMayBeginAsACommentWould() throws Exception {
    file(root.resolve("#1.jpg"), jpeg(1));
    assertThat(told(list("a.jpg,cat\n#1.jpg,cat\n"))).containsExactly("a.jpg cat", "#1.jpg cat");
  }

  @Test
  void numbersAreSortedAsNumbers() throws Exception {
    assertThat(list("a.jpg,10\nb.jpg,2\nc.jpg,x\nsub/d.jpg,007\n").contents().classes().names())
        .containsExactly("2", "007", "10", "x");
  }

  @Test
  void aLineWithoutALabelIsAPictureWithoutOne() throws Exception {
    assertThat(told(list("path,label\na.jpg,cat\nb.jpg,\nc.jpg\n")))
        .containsExactly("a.jpg cat", "b.jpg none", "c.jpg none");
  }

  @Test
  void eachLineThatNamesNoFileBelowTheFolderIsAReject() throws Exception {
    file(temp.resolve("secret.jpg"), jpeg(1));
    Files.createSymbolicLink(root.resolve("broken.jpg"), Path.of("nowhere"));
    Ingests.Found found =
        list(
            "path,label\na.jpg,cat\nnone.jpg,cat\n../secret.jpg,cat\n"
                + temp.resolve("secret.jpg")
                + ",cat\nsub,cat\nbroken.jpg,cat\n.,cat\n");

    assertThat(told(found)).containsExactly("a.jpg cat");
    assertThat(reasons(found))
        .containsExactly(
            "none.jpg: named in the CSV file, but there is no such file",
            "../secret.jpg: named in the CSV file, but outside the folder",
            temp.resolve("secret.jpg") + ": named in the CSV file, but outside the folder",
            "sub: named in the CSV file, but there is no such file",
            "broken.jpg: named in the CSV file, but there is no such file",
            ".: named in the CSV file, but outside the folder");
    assertThat(found.leftOut()).as("b.jpg, c.jpg and sub/d.jpg").isEqualTo(3);
  }

  @Test
  void aFirstLineWhoseFileWasLostIsNoHeading() throws Exception {
    Ingests.Found found = list("lost.jpg,emu\na.jpg,cat\n");
    assertThat(found.contents().classes().names()).containsExactly("cat", "emu");
    assertThat(reasons(found))
        .containsExactly("lost.jpg: named in the CSV file, but there is no such file");
  }

  @Test
  void anAbsolutePathBelowTheFolderIsTheFilesId() throws Exception {
    assertThat(told(list(root.resolve("a.jpg") + ",cat\n"))).containsExactly("a.jpg cat");
  }

  @Test
  void anUnlistedOddityIsLeftOutAsAnyOtherFile() throws Exception {
    file(root.resolve("12:30.jpg"), jpeg(1));
    Files.createSymbolicLink(root.resolve("broken.jpg"), Path.of("nowhere"));
    Ingests.Found found = list("a.jpg,cat\nb.jpg,cat\nc.jpg,cat\nsub/d.jpg,cat\n");
    assertThat(reasons(found)).isEmpty();
    assertThat(found.leftOut()).isEqualTo(2);
  }

  @Test
  void aListedNameWithAColonIsOneReject() throws Exception {
    file(root.resolve("12:30.jpg"), jpeg(1));
    Ingests.Found found = list("a.jpg,cat\nb.jpg,cat\nc.jpg,cat\nsub/d.jpg,cat\n12:30.jpg,cat\n");
    assertThat(reasons(found))
        .containsExactly("12:30.jpg: a name with a colon, which Hadoop's file systems refuse");
    assertThat(found.leftOut()).isZero();
  }

  @Test
  void namesWithSpacesAndPercentSignsAreFiles() throws Exception {
    file(root.resolve("50%25+1 \u732b.jpg"), jpeg(1));
    assertThat(told(list("50%25+1 \u732b.jpg,cat\n"))).containsExactly("50%25+1 \u732b.jpg cat");
  }

  @Test
  void aLineWithoutAPathIsRefusedByItsNumber() {
    assertThatThrownBy(() -> list("path,label\n\na.jpg,cat\n,dog\n"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("labels.csv: its line 4 has no path");
  }

  @Test
  void aFileThatIsNoCsvIsRefused() {
    assertThatThrownBy(() -> list("x".repeat(100_000)))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("labels.csv: it is no CSV file");
  }

  @Test
  void anEmptyCsvLeavesAllOut() throws Exception {
    Ingests.Found found = list("");
    assertThat(found.entries()).isEmpty();
    assertThat(found.leftOut()).isEqualTo(4);
  }

  @Test
  void aCsvElsewhereIsNotCountedAsIgnored() throws Exception {
    Path csv = file(temp.resolve("given.csv"), "a.jpg,cat\n".getBytes(UTF_8));
    Ingests.Found found = listed(csv);
    assertThat(found.ignored()).isZero();
    assertThat(found.leftOut()).isEqualTo(3);
  }

  private Ingests.Found list(String text) throws IOException {
    return listed(file(root.resolve("labels.csv"), text.getBytes(UTF_8)));
  }

  private Ingests.Found listed(Path csv) throws IOException {
    Source source =
        Ingests.parameters(
                "source.format=folder", "source.path=" + root, "source.labels.csv=" + csv)
            .source();
    return Ingests.list(source, temp.resolve("inflated"));
  }

  private static List<String> told(Ingests.Found found) {
    List<String> told = new ArrayList<>();
    List<String> names = found.contents().classes().names();
    for (Entry entry : found.entries()) {
      told.add(entry.id() + " " + (entry.label() < 0 ? "none" : names.get(entry.label())));
    }
    return told;
  }

  private static List<String> reasons(Ingests.Found found) {
    return found.rejects().stream().map(it -> it.id() + ": " + it.reason()).toList();
  }
}
