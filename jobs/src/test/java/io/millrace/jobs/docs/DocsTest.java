package io.millrace.jobs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Links of the documentation lead to files and headings that are there. */
class DocsTest {
  @Test
  void everyLinkHasATarget() throws IOException {
    List<String> problems = new ArrayList<>();
    int links = 0;
    for (MarkdownPage page : MarkdownPage.all()) {
      links += page.links().size();
      problems.addAll(problems(page));
    }
    assertThat(links).isPositive();
    assertThat(problems).as("links that lead nowhere").isEmpty();
  }

  @Test
  void findsBrokenLinks() {
    assertThat(problems("[a](docs/none.md), ![b](docs/none.png) and [c](/docs/none.md)"))
        .containsExactly(
            "README.md: docs/none.md is not there",
            "README.md: docs/none.png is not there",
            "README.md: /docs/none.md is not there");
    assertThat(problems("[a](../elsewhere)")).singleElement().asString().contains("leads out of");
    assertThat(problems("# The *first* `one`\n\n[a](#the-first-one), [b](#the-second)"))
        .containsExactly("README.md: #the-second is no heading");
    assertThat(problems("# One\n\n# One\n\n[a](#one-1), [b](#one-2)"))
        .containsExactly("README.md: #one-2 is no heading");
    assertThat(problems("[a](CONTRIBUTING.md#adding-something), [b](CONTRIBUTING.md#nothing)"))
        .containsExactly("README.md: CONTRIBUTING.md#nothing is no heading");
    assertThat(problems("<img src=\"docs/none.png\">\n\n[a]: docs/none.md")).hasSize(2);
  }

  @Test
  void ignoresCodeAndExternalLinks() {
    assertThat(
            problems("`[a](b)`, [c](https://example.org/d) and\n\n    [e](f)\n\n```\n[g](h)\n```"))
        .isEmpty();
  }

  private static List<String> problems(String text) {
    return problems(MarkdownPage.of(MarkdownPage.ROOT.resolve("README.md"), text));
  }

  private static List<String> problems(MarkdownPage page) {
    return page.links().stream()
        .flatMap(link -> problem(page, link).stream())
        .map(problem -> page.name() + ": " + problem)
        .toList();
  }

  private static Optional<String> problem(MarkdownPage page, String link) {
    if (link.matches("[a-z]+:.*")) {
      return Optional.empty();
    }
    String[] parts = link.split("#", 2);
    String place = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
    Path from = place.startsWith("/") ? MarkdownPage.ROOT : page.path().getParent();
    Path to =
        place.isEmpty() ? page.path() : from.resolve(place.replaceFirst("^/", "")).normalize();
    if (!to.startsWith(MarkdownPage.ROOT)) {
      return Optional.of(link + " leads out of the repository");
    }
    if (!place.isEmpty() && !Files.exists(to)) {
      return Optional.of(link + " is not there");
    }
    MarkdownPage there = place.isEmpty() ? page : null;
    if (there == null && to.toString().endsWith(".md")) {
      there = MarkdownPage.read(to);
    }
    return parts.length == 1 || there == null || there.anchors().contains(parts[1])
        ? Optional.empty()
        : Optional.of(link + " is no heading");
  }
}
