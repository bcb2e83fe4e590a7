package io.millrace.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Tells which classes of tests took longest, and fails where one took longer than its kind may. The
 * build calls it when all tests have ended; CONTRIBUTING.md states the budgets.
 */
public final class TestTimes {
  private static final int TOLD = 10;

  private TestTimes() {}

  /**
   * Reads Maven's reports.
   *
   * @param arguments pairs of a folder of reports and the seconds that a class in it may take
   * @throws IllegalStateException if a class took longer
   */
  public static void main(String[] arguments) throws IOException, XMLStreamException {
    List<String> over = new ArrayList<>();
    for (int i = 0; i < arguments.length; i += 2) {
      Path folder = Path.of(arguments[i]);
      if (Files.isDirectory(folder)) {
        over.addAll(tell(folder, Double.parseDouble(arguments[i + 1])));
      }
    }
    if (!over.isEmpty()) {
      throw new IllegalStateException("Tests took longer than they may: " + String.join(", ", over));
    }
  }

  private static List<String> tell(Path folder, double budget)
      throws IOException, XMLStreamException {
    List<Took> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(TestTimes::isOfAClass).toList()) {
        all.add(read(file));
      }
    }
    all.sort(Comparator.comparingDouble(Took::seconds).reversed());
    System.out.printf(
        Locale.ROOT,
        "%s: %d classes, %.0f s in all; each may take %.0f s. The slowest:%n",
        folder.getFileName(),
        all.size(),
        all.stream().mapToDouble(Took::seconds).sum(),
        budget);
    all.stream()
        .limit(TOLD)
        .forEach(it -> System.out.printf(Locale.ROOT, "%8.1f s  %s%n", it.seconds(), it.name()));
    return all.stream()
        .filter(it -> it.seconds() > budget)
        .map(it -> String.format(Locale.ROOT, "%s (%.0f s)", it.name(), it.seconds()))
        .toList();
  }

  private static boolean isOfAClass(Path report) {
    return report.getFileName().toString().matches("TEST-.*\\.xml");
  }

  private static Took read(Path report) throws IOException, XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try (InputStream in = Files.newInputStream(report)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      while (!xml.isStartElement()) {
        xml.next();
      }
      // Above a thousand seconds Maven writes 1,234.5.
      String seconds = xml.getAttributeValue(null, "time").replace(",", "");
      return new Took(xml.getAttributeValue(null, "name"), Double.parseDouble(seconds));
    }
  }

  private record Took(String name, double seconds) {}
}
