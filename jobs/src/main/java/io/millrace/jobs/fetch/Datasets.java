package io.millrace.jobs.fetch;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import io.millrace.pipeline.spec.Nearest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The table of public datasets, {@code conf/datasets.conf}, which is in the jar. */
public final class Datasets {
  private static final String TABLE = "datasets.conf";

  /** Begins keys that other entries of the table refer to. */
  private static final String HIDDEN = "_";

  /** Neither folders nor hidden files: a file must be directly in the user's folder. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private final Map<String, PublicDataset> byName = new TreeMap<>();
  private final Map<String, String> behindAccounts = new TreeMap<>();
  private final Map<String, String> terms = new TreeMap<>();

  Datasets(Config table) {
    for (String key : table.root().keySet()) {
      if (key.startsWith(HIDDEN)) {
        continue;
      }
      Config entry = table.getConfig(ConfigUtil.quoteString(key));
      terms.put(key, entry.getString("terms"));
      if (entry.hasPath("account")) {
        behindAccounts.put(key, entry.getString("account"));
      } else {
        byName.put(key, dataset(key, entry));
      }
    }
  }

  /** The table in this build. */
  public static Datasets packed() {
    ConfigParseOptions mustBeThere = ConfigParseOptions.defaults().setAllowMissing(false);
    return new Datasets(ConfigFactory.parseResources(Datasets.class, TABLE, mustBeThere).resolve());
  }

  /** The dataset with that name. */
  public Optional<PublicDataset> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Why a name can't be fetched and what to do; empty if it can. */
  public Optional<String> refusal(String name) {
    if (byName.containsKey(name)) {
      return Optional.empty();
    }
    if (behindAccounts.containsKey(name)) {
      return Optional.of("'" + name + "' " + behindAccounts.get(name));
    }
    return Optional.of(
        "'"
            + name
            + "' is not a dataset that can be fetched"
            + Nearest.hintAndList(
                name.toLowerCase(Locale.ROOT), byName.keySet(), "the datasets are"));
  }

  /**
   * The terms of use of a dataset.
   *
   * @param name such as {@code cifar10}, or the part before the colon, such as {@code lsun}
   */
  public Optional<String> terms(String name) {
    return terms.entrySet().stream()
        .filter(entry -> entry.getKey().split(":", -1)[0].equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * The dataset that files belong to: all its files are among them, with the right lengths.
   *
   * @param lengths by file name
   */
  public Optional<PublicDataset> among(Map<String, Long> lengths) {
    return byName.values().stream()
        .filter(dataset -> dataset.files().stream().allMatch(file -> isAmong(file, lengths)))
        .findFirst();
  }

  private static boolean isAmong(PublicFile file, Map<String, Long> lengths) {
    Long length = lengths.get(file.name());
    return length != null && file.bytes().equals(OptionalLong.of(length));
  }

  private static PublicDataset dataset(String name, Config entry) {
    List<PublicFile> files = new ArrayList<>();
    for (ConfigObject file : entry.getObjectList("files")) {
      files.add(file(file.toConfig()));
    }
    return new PublicDataset(
        name, URI.create(entry.getString("from")), entry.getString("terms"), List.copyOf(files));
  }

  private static PublicFile file(Config file) {
    String name = file.getString("name");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalStateException(TABLE + " names a file '" + name + "'");
    }
    return new PublicFile(
        name,
        file.hasPath("bytes") ? OptionalLong.of(file.getLong("bytes")) : OptionalLong.empty(),
        text(file, "md5"),
        text(file, "sha256"));
  }

  private static Optional<String> text(Config file, String key) {
    return file.hasPath(key) ? Optional.of(file.getString(key)) : Optional.empty();
  }
}
