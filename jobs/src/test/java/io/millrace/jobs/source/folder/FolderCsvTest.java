package io.millrace.jobs.source.folder;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  void readsLinesInEveryCommonForm(String text) throws Exception {
    Ingests.Found found = list(text);
    assertThat(told(found)).containsExactly("a.jpg cat", "sub/d.jpg dog", "b.jpg cat");
    assertThat(found.rejects()).isEmpty();
    assertThat(found.leftOut()).as("c.jpg").isEqualTo(1);
    assertThat(found.ignored()).as("the CSV file").isEqualTo(1);
  }

  @Test
  void readsCommasAndQuotesInQuotedCells() throws Exception {
    file(root.resolve("x,\"y\".jpg"), jpeg(1));
    assertThat(told(list("\"x,\"\"y\"\".jpg\",\"a, \"\"b\"\"\"\n")))
        .containsExactly("x,\"y\".jpg a, \"b\"");
  }

  @Test
  void readsNamesThatBeginWithHash() throws Exception {
    file(root.resolve("#1.jpg"), jpeg(1));
    assertThat(told(list("a.jpg,cat\n#1.jpg,cat\n"))).containsExactly("a.jpg cat", "#1.jpg cat");
  }

  @Test
  void sortsNumericClassesAsNumbers() throws Exception {
    assertThat(list("a.jpg,10\nb.jpg,2\nc.jpg,x\nsub/d.jpg,007\n").contents().classes().names())
        .containsExactly("2", "007", "10", "x");
  }

  @Test
  void lineWithoutLabelGivesUnlabelledPicture() throws Exception {
    assertThat(told(list("path,label\na.jpg,cat\nb.jpg,\nc.jpg\n")))
        .containsExactly("a.jpg cat", "b.jpg none", "c.jpg none");
  }

  @Test
  void rejectsEachLineThatNamesNoFileBelowTheFolder() throws Exception {
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
            "broken.jpg: a link to nothing, or to what is closed to this user",
            ".: named in the CSV file, but outside the folder");
    assertThat(found.leftOut()).as("b.jpg, c.jpg and sub/d.jpg").isEqualTo(3);
  }

  @Test
  void firstLineWithMissingFileIsNoHeading() throws Exception {
    Ingests.Found found = list("lost.jpg,emu\na.jpg,cat\n");
    assertThat(found.contents().classes().names())
        .as("no class without a file")
        .containsExactly("cat");
    assertThat(reasons(found))
        .containsExactly("lost.jpg: named in the CSV file, but there is no such file");
  }

  @Test
  void absolutePathBelowTheFolderGivesRelativeId() throws Exception {
    assertThat(told(list(root.resolve("a.jpg") + ",cat\n"))).containsExactly("a.jpg cat");
  }

  @Test
  void leavesOutUnlistedUnreadableFiles() throws Exception {
    file(root.resolve("12:30.jpg"), jpeg(1));
    Files.createSymbolicLink(root.resolve("broken.jpg"), Path.of("nowhere"));
    Ingests.Found found = list("a.jpg,cat\nb.jpg,cat\nc.jpg,cat\nsub/d.jpg,cat\n");
    assertThat(reasons(found)).isEmpty();
    assertThat(found.leftOut()).isEqualTo(2);
  }

  @Test
  void rejectsListedNameWithAColon() throws Exception {
    file(root.resolve("12:30.jpg"), jpeg(1));
    Ingests.Found found = list("a.jpg,cat\nb.jpg,cat\nc.jpg,cat\nsub/d.jpg,cat\n12:30.jpg,cat\n");
    assertThat(reasons(found))
        .containsExactly("12:30.jpg: a name with a colon, which Hadoop's file systems refuse");
    assertThat(found.leftOut()).isZero();
  }

  @Test
  void readsNamesWithSpacesAndPercentSigns() throws Exception {
    file(root.resolve("50%25+1 \u732b.jpg"), jpeg(1));
    assertThat(told(list("50%25+1 \u732b.jpg,cat\n"))).containsExactly("50%25+1 \u732b.jpg cat");
  }

  @Test
  void refusesLineWithoutPathByItsNumber() {
    assertThatThrownBy(() -> list("path,label\n\na.jpg,cat\n,dog\n"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("labels.csv: its line 4 has no path");
  }

  @Test
  void refusesFileThatIsNoCsv() {
    assertThatThrownBy(() -> list("x".repeat(100_000)))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("labels.csv: it is not a CSV file");
  }

  @ParameterizedTest
  @CsvSource({"'',it is empty", "'path,label\n',there is only a heading in it"})
  void refusesCsvWithoutLines(String text, String why) {
    assertThatThrownBy(() -> list(text))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("labels.csv: " + why);
  }

  @Test
  void refusesOtherEncodingsUnlessNamed() throws Exception {
    Charset latin = Charset.forName("windows-1252");
    Path csv =
        file(
            root.resolve("labels.csv"),
            "path,label\na.jpg,M\u00fcller\nb.jpg,M\u00f6ller\n".getBytes(latin));
    assertThatThrownBy(() -> listed(csv))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("labels.csv: line 2 of it is not UTF-8")
        .hasMessageContaining("source.labels.encoding");
    Ingests.Found found = listed(csv, "source.labels.encoding=windows-1252");
    assertThat(told(found)).containsExactly("a.jpg M\u00fcller", "b.jpg M\u00f6ller");
    assertThat(found.contents().notices()).containsExactly("labels.csv is read as windows-1252.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id,breed\na,cat\nd,dog\n",
        "image_id;label\na.jpg;cat\nd.jpg;dog\n",
        "file_name\tclass\na\tcat\nsub/d.jpg\tdog\n",
        "label,filename\ncat,a.jpg\ndog,d.jpg\n",
        "# path,label\na.jpg,cat\nd.jpg,dog\n",
        "# made by a tool\nfilename,label\na.jpg,cat\nd.jpg,dog\n"
      })
  void findsColumnsAndFilesByCommonNames(String text) throws Exception {
    assertThat(told(list(text))).containsExactly("a.jpg cat", "sub/d.jpg dog");
    assertThat(list(text).contents().classes().names()).containsExactly("cat", "dog");
  }

  @Test
  void readsAColumnForEachClassWithNotice() throws Exception {
    Ingests.Found found = list("file,cat,dog,emu\na.jpg,1,0,0\nb.jpg,0,1,0\nc.jpg,0,0,1.0\n");
    assertThat(told(found)).containsExactly("a.jpg cat", "b.jpg dog", "c.jpg emu");
    assertThat(found.contents().notices())
        .containsExactly("labels.csv has a column for each class: cat, dog, emu.");
  }

  @Test
  void takesSplitsFromTheirColumnAndNamesUnreadColumns() throws Exception {
    Ingests.Found found =
        list("path,label,split,width\na.jpg,cat,train,9\nb.jpg,dog,valid,9\nc.jpg,cat,TEST,9\n");
    assertThat(found.entries())
        .extracting(entry -> entry.id() + " " + entry.split())
        .containsExactly("a.jpg TRAIN", "b.jpg VAL", "c.jpg TEST");
    assertThat(found.contents().notices())
        .containsExactly("Of labels.csv these columns are not read: width.");
    assertThat(list("fname,label,is_valid\na.jpg,cat,False\nb.jpg,dog,True\n").entries())
        .extracting(Entry::split)
        .containsExactly(Split.TRAIN, Split.VAL);
    assertThatThrownBy(() -> list("path,label,split\na.jpg,cat,holdout\n"))
        .hasMessageContaining("its line 2 has the split 'holdout', expected train, val or test");
  }

  @Test
  void keysNameTheColumns() throws Exception {
    Path csv =
        file(
            root.resolve("labels.csv"),
            "where,what,how\na.jpg,x,cat\nb.jpg,y,dog\n".getBytes(UTF_8));
    assertThat(
            told(listed(csv, "source.labels.path-column=where", "source.labels.label-column=how")))
        .containsExactly("a.jpg cat", "b.jpg dog");
    assertThatThrownBy(() -> listed(csv, "source.labels.label-column=class"))
        .hasMessageContaining(
            "it has no column 'class' (source.labels.label-column); its columns are where, what,"
                + " how");
  }

  @Test
  void readsRepeatedFileOnceOrRefusesDifferentLabels() throws Exception {
    Ingests.Found found = list("a.jpg,cat\n./a.jpg,cat\nb.jpg,dog\n");
    assertThat(told(found)).containsExactly("a.jpg cat", "b.jpg dog");
    assertThat(found.contents().notices())
        .containsExactly(
            "1 line of labels.csv names a file again, with the same label; it is read once.");
    assertThatThrownBy(() -> list("a.jpg,cat\n./a.jpg,dog\n"))
        .hasMessageContaining(
            "its lines 1 and 2 give ./a.jpg different labels, 'cat' and 'dog'; keep one of them");
  }

  @Test
  void doesNotCountCsvElsewhereAsIgnored() throws Exception {
    Path csv = file(temp.resolve("given.csv"), "a.jpg,cat\n".getBytes(UTF_8));
    Ingests.Found found = listed(csv);
    assertThat(found.ignored()).isZero();
    assertThat(found.leftOut()).isEqualTo(3);
  }

  private Ingests.Found list(String text) throws IOException {
    return listed(file(root.resolve("labels.csv"), text.getBytes(UTF_8)));
  }

  private Ingests.Found listed(Path csv, String... more) throws IOException {
    List<String> keys =
        new ArrayList<>(
            List.of("source.format=folder", "source.path=" + root, "source.labels.csv=" + csv));
    keys.addAll(List.of(more));
    Source source = Ingests.parameters(keys.toArray(String[]::new)).source();
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
