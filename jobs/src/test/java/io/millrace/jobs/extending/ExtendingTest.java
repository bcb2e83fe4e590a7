package io.millrace.jobs.extending;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The pages that say how to add something are true: what they name is there, and each of their
 * steps is checked. A new page needs a {@link Guide} here and a line in CONTRIBUTING.md.
 */
class ExtendingTest {
  private final Sources sources = new Sources();
  private final List<Guide> guides =
      List.of(
          new SourceGuide(sources),
          new TransformGuide(sources),
          new OptimiserGuide(sources),
          new ScheduleGuide(sources),
          new LayerGuide(sources),
          new ArchitectureGuide(sources),
          new EngineGuide(sources),
          new LearnerGuide(sources),
          new JobGuide(sources));

  ExtendingTest() throws IOException {}

  @Test
  void everyPageHasAGuideAndALink() throws IOException {
    assertThat(guides).extracting(Guide::page).containsExactlyInAnyOrderElementsOf(Page.all());
    String contributing = Files.readString(Sources.ROOT.resolve("CONTRIBUTING.md"));
    for (String page : Page.all()) {
      assertThat(contributing).contains("(docs/extending/" + page + ".md)");
    }
  }

  @Test
  void everyPageEndsWithTheFilesTouched() throws IOException {
    for (String name : Page.all()) {
      assertThat(Page.read(name).text()).as(name).matches("(?s).*\n\nFiles touched: [^\n].*\\.\n");
    }
  }

  @TestFactory
  List<DynamicTest> everythingThatAPageNamesExists() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : Page.all()) {
      Page page = Page.read(name);
      tests.add(DynamicTest.dynamicTest(name, () -> assertNamesExist(page)));
    }
    return tests;
  }

  private void assertNamesExist(Page page) throws ClassNotFoundException {
    Set<String> places = page.places();
    assertThat(places).isNotEmpty().allMatch(place -> Files.exists(Sources.ROOT.resolve(place)));
    Set<String> classes = page.classes();
    assertThat(classes).isNotEmpty();
    for (String name : classes) {
      assertThat(sources.has(name)).as(name).isTrue();
    }
  }

  @TestFactory
  List<DynamicTest> everyStepOfAPageIsTrue() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Guide guide : guides) {
      List<String> steps = Page.read(guide.page()).steps();
      assertThat(guide.steps()).as("checks of the steps of " + guide.page()).hasSameSizeAs(steps);
      for (int i = 0; i < steps.size(); i++) {
        Guide.Check check = guide.steps().get(i);
        tests.add(
            DynamicTest.dynamicTest(
                guide.page() + " " + (i + 1) + ": " + steps.get(i), check::run));
      }
    }
    return tests;
  }
}
