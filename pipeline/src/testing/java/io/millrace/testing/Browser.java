package io.millrace.testing;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium, as Debian packages it. */
public final class Browser implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private final ChromeDriver driver;
  private final Path temporary;

  private Browser(ChromeDriver driver, Path temporary) {
    this.driver = driver;
    this.temporary = temporary;
  }

  /** Whether it is installed. */
  public static boolean isThere() {
    return Files.isExecutable(PROGRAM) && Files.isExecutable(DRIVER);
  }

  /**
   * One with a profile of its own, and a temporary folder, in which Chromium leaves this and that.
   *
   * <p>That folder is not in the build's own: Chromium opens a socket in it and ends without a word
   * where the socket's path is longer than the 107 bytes that Linux allows, which depends on where
   * the checkout is.
   */
  public static Browser start() throws IOException {
    Path temporary = Files.createTempDirectory(Path.of("/tmp"), "browser");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(PROGRAM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .withEnvironment(Map.of("TMPDIR", temporary.toString()))
            .build();
    return new Browser(new ChromeDriver(service, options), temporary);
  }

  /** Opens a page as a screen of that size shows it. */
  public void open(Path page, int width, int height, boolean dark) {
    driver.manage().window().setSize(new Dimension(width, height));
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    driver.get(page.toUri().toString());
  }

  /** What the page's own script says of it. */
  public Object ask(String script) {
    return driver.executeScript(script);
  }

  /** What the console has said since the last call, errors and warnings alike. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Violations of the rules for accessibility that are serious or worse. */
  public List<String> seriousViolations() {
    // What passes would be thousands of nodes to carry over.
    AxeRunOptions options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    return new AxeBuilder()
        .withOptions(options)
        .analyze(driver).getViolations().stream()
            .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
            .map(Browser::text)
            .toList();
  }

  private static String text(Rule rule) {
    return rule.getId() + ": " + rule.getNodes();
  }

  /**
   * Keeps a picture of the whole page in the folder that MILLRACE_SCREENSHOTS names, if it does.
   */
  public void keepPicture(String name) throws IOException {
    String folder = System.getenv("MILLRACE_SCREENSHOTS");
    if (folder != null) {
      picture(Path.of(folder, name + ".png"));
    }
  }

  /** A picture of the whole page. */
  private void picture(Path file) throws IOException {
    Map<String, Object> shot =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "format", "png"));
    Files.write(file, Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
  }

  @Override
  public void close() throws IOException {
    driver.quit();
    TempFolder.delete(temporary);
  }
}
