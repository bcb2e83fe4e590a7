package io.millrace.jobs.source;

import io.millrace.jobs.shard.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that people give to folders of splits. */
public final class SplitNames {
  /** Kaggle's {@code test1} too. */
  private static final Pattern SPLIT =
      Pattern.compile("(train|training)|(val|valid|validation|dev)|(test|testing)\\d?");

  /** CycleGAN's {@code trainA}: two sets of pictures, unpaired. */
  private static final Pattern UNPAIRED = Pattern.compile("(train|val|test)_?([AB])");

  /** Words of names such as train_images, which do not describe the pictures' contents. */
  private static final Set<String> PARTS =
      Set.of(
          ("train training test testing val valid validation dev image images img imgs pic pics"
                  + " picture pictures photo photos jpg jpgs jpeg jpegs jpegimages png pngs data"
                  + " dataset set stage all full files resized cropped annotation annotations mask masks label labels")
              .split(" "));

  private SplitNames() {}

  /**
   * Whether a folder's name is that of a part of a dataset, such as test_images, not of a class.
   */
  public static boolean tellsNoClass(String folder) {
    List<String> words = words(folder);
    return !words.isEmpty() && PARTS.containsAll(words);
  }

  /**
   * Whether these are names of parts, all of them: images and masks, or cars_train and cars_test.
   */
  public static boolean tellNoClasses(List<String> folders) {
    return folders.stream().allMatch(SplitNames::tellsNoClass)
        || (folders.size() > 1
            && folders.stream().allMatch(folder -> inWords(folder).isPresent())
            && folders.stream().map(SplitNames::withoutSplit).distinct().count() == 1);
  }

  private static List<String> withoutSplit(String folder) {
    return words(folder).stream().filter(word -> of(word).isEmpty()).toList();
  }

  /** The split that one of the words in a file's name means, such as train_labels.csv. */
  public static Optional<Split> inWords(String name) {
    List<Split> told = words(name).stream().flatMap(word -> of(word).stream()).distinct().toList();
    return told.size() == 1 ? Optional.of(told.get(0)) : Optional.empty();
  }

  private static List<String> words(String name) {
    String spaced = name.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2").toLowerCase(Locale.ROOT);
    return Arrays.stream(spaced.split("[\\s\\d_.-]+", -1)).filter(word -> !word.isEmpty()).toList();
  }

  public static Optional<Split> of(String folder) {
    Matcher matcher = SPLIT.matcher(folder.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    if (matcher.group(1) != null) {
      return Optional.of(Split.TRAIN);
    }
    return Optional.of(matcher.group(2) != null ? Split.VAL : Split.TEST);
  }

  public static boolean isUnpaired(String folder) {
    return UNPAIRED.matcher(folder).matches();
  }

  public static Split ofUnpaired(String folder) {
    return of(folder.replaceFirst("_?[AB]$", "")).orElseThrow();
  }

  public static String sideOfUnpaired(String folder) {
    return folder.substring(folder.length() - 1);
  }
}
