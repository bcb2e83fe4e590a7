package io.millrace.jobs.source.cifar;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.source.Subset;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import io.millrace.pipeline.job.Variant;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * CIFAR-100 (Krizhevsky 2009): records of a coarse label, a fine label and 3 x 32 x 32 pixel bytes,
 * red, green and blue planes; or the same in the pickles for Python.
 */
@Variant(
    value = "cifar100",
    summary = "CIFAR-100 in the same forms; labels are fine (100 classes) or coarse (20).",
    example = "source { format = cifar100, path = \"cifar-100-binary.tar.gz\", labels = fine }")
public record Cifar100(
    @Key(Subset.PATH) Location path,
    @Key(value = "which of a picture's two labels: fine (100 classes) or coarse (20)", or = "fine")
        Labels labels,
    @Key(Subset.SPLIT) Optional<Split> split,
    @Key(value = Subset.CLASSES, or = "[]") List<String> classes,
    @Key(value = Subset.LIMIT, min = 1) Optional<Integer> perClassLimit,
    @Key(value = Subset.SAMPLE, or = "100%") Share sample,
    @Key(value = LeaveOut.KEY, or = "[]") List<String> leaveOut)
    implements Source {
  /** Checks what is left out. */
  public Cifar100 {
    LeaveOut.check(leaveOut);
  }

  static final String UNPACKED = "cifar-100-binary";
  static final String UNPACKED_PYTHON = "cifar-100-python";
  static final List<String> BATCHES = List.of("train", "test");

  /** A picture's two labels. */
  public enum Labels {
    /** 100 classes. */
    FINE(
        1,
        """
        apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy
        bridge bus butterfly camel can castle caterpillar cattle chair chimpanzee
        clock cloud cockroach couch crab crocodile cup dinosaur dolphin elephant
        flatfish forest fox girl hamster house kangaroo keyboard lamp lawn_mower
        leopard lion lizard lobster man maple_tree motorcycle mountain mouse mushroom
        oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate
        poppy porcupine possum rabbit raccoon ray road rocket rose sea seal shark
        shrew skunk skyscraper snail snake spider squirrel streetcar sunflower
        sweet_pepper table tank telephone television tiger tractor train trout tulip
        turtle wardrobe whale willow_tree wolf woman worm
        """),
    /** 20 superclasses. */
    COARSE(
        0,
        """
        aquatic_mammals fish flowers food_containers fruit_and_vegetables
        household_electrical_devices household_furniture insects large_carnivores
        large_man-made_outdoor_things large_natural_outdoor_scenes
        large_omnivores_and_herbivores medium_mammals non-insect_invertebrates people
        reptiles small_mammals trees vehicles_1 vehicles_2
        """);

    private final int at;
    private final String names;

    Labels(int at, String names) {
      this.at = at;
      this.names = names;
    }

    private CifarLayout layout() {
      String file = name().toLowerCase(Locale.ROOT) + "_label_names.txt";
      List<String> all = List.of(names.strip().split("\\s+"));
      CifarLayout.Python python =
          new CifarLayout.Python(
              List.of("coarse_labels", "fine_labels"),
              name().toLowerCase(Locale.ROOT) + "_label_names",
              "meta",
              UNPACKED_PYTHON);
      return new CifarLayout("cifar100", 2, at, all, file, UNPACKED, BATCHES, python);
    }
  }

  @Override
  public List<Location> places() {
    return List.of(path);
  }

  @Override
  public OptionalLong estimatedBytes() {
    return OptionalLong.of(CifarEstimate.of(JobFiles.uri(path.text())));
  }

  @Override
  public Contents open(URI inflated) throws IOException {
    return new CifarListing(
            labels.layout(), JobFiles.uri(path.text()), split, inflated, new LeaveOut(leaveOut))
        .contents();
  }
}
