package io.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.docs.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every version stands once, in the root {@code pom.xml}. Where documentation, scripts and sources
 * repeat one, it is the same.
 */
class VersionsTest {
  private static final Path ROOT = MarkdownPage.ROOT;

  /** Where versions are repeated; CHANGELOG.md tells of what was. */
  private static final List<String> PLACES =
      List.of(
          "README.md",
          "CONTRIBUTING.md",
          "SECURITY.md",
          "docs",
          "sbin",
          "pipeline/src/main/java",
          "jobs/src/main/java");

  private static final String TEXT = ".*(\\.(md|sh|java)|/Dockerfile|/sbin/[a-z]+)";
  private static final Pattern PARENT = Pattern.compile("(?s)<parent>.*?</parent>");
  private static final Pattern LITERAL = Pattern.compile("<version>[^$<][^<]*</version>");
  private static final Pattern OWN =
      Pattern.compile("(?s)<artifactId>millrace</artifactId>\\s*<version>([^<]+)<");
  private static final Pattern PROPERTY = Pattern.compile("<([\\w.-]+)>([^<>]+)</\\1>");
  private static final Pattern MINOR = Pattern.compile("\\d+\\.\\d+");

  private final Map<String, String> versions = new HashMap<>();

  VersionsTest() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    Matcher own = OWN.matcher(pom);
    assertThat(own.find()).isTrue();
    versions.put("millrace", own.group(1));
    Matcher property =
        PROPERTY.matcher(pom.substring(pom.indexOf("<properties>"), pom.indexOf("</properties>")));
    while (property.find()) {
      versions.put(property.group(1), property.group(2));
    }
  }

  /** What is written, with the version as the one group, and what it must be. */
  private Map<Pattern, String> repeated() {
    Map<Pattern, String> repeated = new HashMap<>();
    repeated.put(Pattern.compile("millrace-jobs-([\\d.]+)-(?:all|cuda|cuda-torch)\\.jar"), own());
    repeated.put(Pattern.compile("REGISTRY/millrace:([\\d.]+\\d)"), own());
    repeated.put(Pattern.compile("\\b(?:JDK|Java) (\\d+)"), versions.get("maven.compiler.release"));
    repeated.put(Pattern.compile("-java(\\d+)-"), versions.get("maven.compiler.release"));
    String scala = versions.get("scala.binary");
    repeated.put(Pattern.compile("\\bScala (\\d+\\.\\d+)"), scala);
    repeated.put(Pattern.compile("-scala(\\d+\\.\\d+)-"), scala);
    repeated.put(Pattern.compile("SCALA_VERSION=(\\d+\\.\\d+)"), scala);
    repeated.put(Pattern.compile("putIfAbsent\\(SCALA, \"(\\d+\\.\\d+)\"\\)"), scala);
    repeated.put(Pattern.compile("spark-\\w+_(\\d+\\.\\d+)-"), scala);
    String spark = versions.get("spark.version");
    repeated.put(Pattern.compile("\\bSpark (\\d+\\.\\d+\\.\\d+)"), spark);
    repeated.put(Pattern.compile("\\bSpark (\\d+\\.\\d+)(?!\\.?\\d)"), minor(spark));
    repeated.put(Pattern.compile("spark-core_[\\d.]+-(\\d+\\.\\d+)\\.\\*"), minor(spark));
    repeated.put(Pattern.compile("apache/spark:([\\d.]+)-"), versions.get("spark-image.version"));
    repeated.put(
        Pattern.compile("spark-yarn(?:_[\\d.]+-| )(\\d+\\.\\d+\\.\\d+)"),
        versions.get("spark-yarn.version"));
    repeated.put(
        Pattern.compile("hadoop-aws[ :](\\d+\\.\\d+\\.\\d+)"), versions.get("hadoop.version"));
    repeated.put(
        Pattern.compile("Deeplearning4j (\\d+\\.\\d+\\.\\d+\\S*\\w)"),
        versions.get("dl4j.version"));
    repeated.put(
        Pattern.compile("dl4j-spark (\\d+\\.\\d+\\.\\d+-\\w+)"),
        versions.get("dl4j-spark.version"));
    repeated.put(
        Pattern.compile("onnxruntime:(\\d+\\.\\d+\\.\\d+)"), versions.get("onnxruntime.version"));
    String cuda = minor(versions.get("cuda.version"));
    repeated.put(Pattern.compile("nd4j-cuda-(\\d+\\.\\d+)"), cuda);
    repeated.put(Pattern.compile("\\bCUDA (\\d+\\.\\d+)"), cuda);
    repeated.put(Pattern.compile("ND4J needs (\\d+\\.\\d+)"), cuda);
    return repeated;
  }

  private String own() {
    return versions.get("millrace");
  }

  private static String minor(String version) {
    Matcher minor = MINOR.matcher(version);
    assertThat(minor.lookingAt()).isTrue();
    return minor.group();
  }

  @Test
  void noOtherPomHasVersionsOfItsOwn() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> poms = files("bench", ".*/pom\\.xml");
    for (String module : List.of("pipeline", "jobs")) {
      poms.add(ROOT.resolve(module).resolve("pom.xml"));
    }
    for (Path pom : poms) {
      Matcher literal = LITERAL.matcher(PARENT.matcher(Files.readString(pom)).replaceAll(""));
      while (literal.find()) {
        found.add(ROOT.relativize(pom) + ": " + literal.group());
      }
    }
    assertThat(poms).hasSizeGreaterThan(2);
    assertThat(found).as("make it a property of the root pom.xml").isEmpty();
  }

  @Test
  void repeatedVersionsEqualThoseOfThePom() throws IOException {
    List<String> wrong = new ArrayList<>();
    Map<Pattern, String> repeated = repeated();
    Set<Pattern> seen = new HashSet<>();
    for (String place : PLACES) {
      for (Path file : files(place, TEXT)) {
        String text = Files.readString(file);
        repeated.forEach(
            (pattern, version) -> {
              Matcher matcher = pattern.matcher(text);
              while (matcher.find()) {
                seen.add(pattern);
                if (!matcher.group(1).equals(version)) {
                  wrong.add(ROOT.relativize(file) + ": " + matcher.group() + " is not " + version);
                }
              }
            });
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen).hasSizeGreaterThan(repeated.size() / 2);
  }

  private static List<Path> files(String place, String name) throws IOException {
    try (Stream<Path> all = Files.walk(ROOT.resolve(place))) {
      return new ArrayList<>(
          all.filter(Files::isRegularFile).filter(path -> path.toString().matches(name)).toList());
    }
  }
}
