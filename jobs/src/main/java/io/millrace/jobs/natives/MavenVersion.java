package io.millrace.jobs.natives;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Versions of libraries on the class path, as their jars name them. */
public final class MavenVersion {
  private static final Logger LOG = LoggerFactory.getLogger(MavenVersion.class);

  private MavenVersion() {}

  /** The version, e.g. {@code 2.10.0-1.5.13}; {@code unknown} if no jar names it. Loads nothing. */
  public static String of(String group, String artifact) {
    Properties maven = new Properties();
    String file = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
    try (InputStream in = MavenVersion.class.getResourceAsStream(file)) {
      if (in != null) {
        maven.load(in);
      }
    } catch (IOException e) {
      LOG.debug("Cannot tell the version of {}", artifact, e);
    }
    return maven.getProperty("version", "unknown");
  }
}
