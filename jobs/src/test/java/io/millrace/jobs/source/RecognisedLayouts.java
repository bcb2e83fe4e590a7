package io.millrace.jobs.source;

import static io.millrace.jobs.testing.CifarFiles.gzip;
import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.files;
import static io.millrace.jobs.testing.SmallSources.idxLabels;
import static io.millrace.jobs.testing.SmallSources.idxPictures;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static io.millrace.jobs.testing.SmallSources.tar;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.jobs.container.LmdbBuilder;
import io.millrace.jobs.testing.CifarFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** A small folder or file of every layout that some source reads. */
final class RecognisedLayouts {
  private static final byte[] CIFAR10 = CifarFiles.records(20, 1);
  private static final byte[] CIFAR100 = cifar100(20);
  private static final String FISH = "n01440764";
  private static final String SHARK = "n01484850";

  private RecognisedLayouts() {}

  /** Makes a layout in a folder and gives what a user would name. */
  interface Layout {
    Path in(Path root) throws Exception;
  }

  private static Arguments layout(String format, int classes, String what, Layout layout) {
    return Arguments.of(format, classes, what, layout);
  }

  static Stream<Arguments> layouts() {
    List<Arguments> all = new ArrayList<>();
    cifar(all);
    idx(all);
    imageNet(all);
    lsun(all);
    folders(all);
    return all.stream();
  }

  private static void cifar(List<Arguments> all) {
    Map<String, byte[]> batches = files("data_batch_1.bin", CIFAR10, "test_batch.bin", CIFAR10);
    byte[] hundred =
        tarOf("cifar-100-binary/", files("fine.txt", new byte[3], "train.bin", CIFAR100));
    all.add(
        layout(
            "cifar10",
            10,
            "the archive",
            root -> file(root.resolve("c.tar.gz"), gzip(CifarFiles.tar(batches)))));
    all.add(
        layout(
            "cifar10",
            10,
            "a folder that holds the archive",
            root -> file(root.resolve("c.tar.gz"), gzip(CifarFiles.tar(batches))).getParent()));
    all.add(
        layout(
            "cifar10",
            10,
            "the folder of batches",
            root -> file(root.resolve("data_batch_1.bin"), CIFAR10).getParent()));
    all.add(
        layout(
            "cifar10",
            10,
            "the folder around it",
            root -> {
              file(root.resolve("cifar-10-batches-bin/data_batch_1.bin"), CIFAR10);
              return file(root.resolve("notes.txt"), new byte[9]).getParent();
            }));
    all.add(layout("cifar10", 10, "a batch", root -> file(root.resolve("x.bin"), CIFAR10)));
    all.add(
        layout(
            "cifar10",
            10,
            "a gzipped batch",
            root -> file(root.resolve("x.bin.gz"), gzip(CIFAR10))));
    all.add(
        layout(
            "cifar10",
            10,
            "a batch that ends early",
            root -> file(root.resolve("x.bin"), Arrays.copyOf(CIFAR10, 50_000))));
    all.add(
        layout("cifar100", 100, "the archive", root -> file(root.resolve("c.tgz"), gzip(hundred))));
    all.add(
        layout(
            "cifar100",
            100,
            "the folder of batches",
            root -> file(root.resolve("train.bin"), CIFAR100).getParent()));
    all.add(layout("cifar100", 100, "a batch", root -> file(root.resolve("x.bin"), CIFAR100)));
  }

  private static void idx(List<Arguments> all) {
    byte[] pictures = idxPictures(2, 3, 3, new byte[18]);
    byte[] labels = idxLabels(2, 0, 2);
    all.add(
        layout(
            "idx",
            3,
            "the folder of files",
            root -> {
              file(root.resolve("train-images-idx3-ubyte"), pictures);
              return file(root.resolve("train-labels-idx1-ubyte"), labels).getParent();
            }));
    all.add(
        layout(
            "idx",
            3,
            "the folder of gzipped files",
            root -> {
              file(root.resolve("LICENSE"), new byte[9]);
              file(root.resolve("t10k-images-idx3-ubyte.gz"), gzip(pictures));
              return file(root.resolve("t10k-labels-idx1-ubyte.gz"), gzip(labels)).getParent();
            }));
    all.add(
        layout(
            "idx",
            3,
            "one file of pictures",
            root -> {
              file(root.resolve("train-labels-idx1-ubyte.gz"), gzip(labels));
              return file(root.resolve("train-images-idx3-ubyte.gz"), gzip(pictures));
            }));
  }

  private static void imageNet(List<Arguments> all) {
    Layout train =
        root -> {
          file(root.resolve("ILSVRC2012_img_train.tar"), tarOfTars());
          return root.resolve("ILSVRC2012_img_train.tar");
        };
    Map<String, byte[]> val =
        files("ILSVRC2012_val_00000001.JPEG", jpeg(1), "ILSVRC2012_val_00000002.JPEG", jpeg(2));
    all.add(layout("imagenet", 2, "the tar of tars", train));
    all.add(
        layout(
            "imagenet",
            2,
            "the same, gzipped",
            root -> file(root.resolve("t.tgz"), gzip(tarOfTars()))));
    all.add(
        layout(
            "imagenet",
            2,
            "a folder of both tars",
            root -> {
              file(root.resolve("ILSVRC2012_img_val.tar"), tar(val));
              return train.in(root).getParent();
            }));
    all.add(
        layout(
            "imagenet", 0, "the validation tar", root -> file(root.resolve("val.tar"), tar(val))));
    all.add(layout("imagenet", 2, "synset folders", root -> synsets(root.resolve("train"))));
    all.add(
        layout(
            "imagenet",
            2,
            "train and flat val",
            root -> {
              synsets(root.resolve("train"));
              file(root.resolve("val/ILSVRC2012_val_00000001.JPEG"), jpeg(3));
              return root;
            }));
    all.add(
        layout(
            "imagenet",
            0,
            "flat val",
            root -> {
              for (Map.Entry<String, byte[]> picture : val.entrySet()) {
                file(root.resolve(picture.getKey()), picture.getValue());
              }
              return root;
            }));
    all.add(
        layout(
            "imagenet",
            2,
            "Kaggle's folders",
            root -> {
              synsets(root.resolve("ILSVRC/Data/CLS-LOC/train"));
              return root;
            }));
  }

  private static void lsun(List<Arguments> all) {
    all.add(layout("lsun", 1, "an LMDB folder", root -> lmdb(root.resolve("bedroom_train_lmdb"))));
    all.add(
        layout(
            "lsun",
            1,
            "its file",
            root -> lmdb(root.resolve("bedroom_train_lmdb")).resolve("data.mdb")));
    all.add(
        layout(
            "lsun",
            2,
            "a folder of LMDB folders",
            root -> {
              file(root.resolve("a_notes/readme.txt"), new byte[3]);
              lmdb(root.resolve("bedroom_train_lmdb"));
              lmdb(root.resolve("kitchen_val_lmdb"));
              return root;
            }));
  }

  private static void folders(List<Arguments> all) {
    all.add(pictures(2, "class folders", "cats/a.jpg", "dogs/deep/b.jpg"));
    all.add(pictures(2, "split folders", "train/cats/a.jpg", "train/dogs/b.jpg", "val/cats/c.jpg"));
    all.add(pictures(2, "unpaired sets", "trainA/a.jpg", "trainB/b.jpg", "testA/c.jpg"));
    all.add(pictures(2, "names", "cat.0.jpg", "cat.1.jpg", "dog.0.jpg", "dog.1.jpg"));
    all.add(
        pictures(
            2,
            "Kaggle's",
            "train/cat.0.jpg",
            "train/cat.1.jpg",
            "train/dog.0.jpg",
            "train/dog.1.jpg",
            "test1/1.jpg",
            "test1/2.jpg"));
    all.add(
        pictures(
            2, "several words", "great_dane_1.jpg", "great_dane_22.jpg", "pug_1.jpg", "pug_2.jpg"));
    all.add(pictures(2, "numbers first", "1_cat.jpg", "2_cat.jpg", "3_dog.jpg", "4_dog.jpg"));
    all.add(pictures(0, "pictures alone", "starry.jpg", "tubingen.jpg"));
    all.add(pictures(0, "two cameras", "IMG_1.jpg", "IMG_2.jpg", "DSC_1.jpg", "DSC_2.jpg"));
    all.add(pictures(0, "too many prefixes", "a1.jpg", "b1.jpg", "c1.jpg"));
    all.add(pictures(1, "one class", "cats/x.jpg", "cats/y.jpg"));
    all.add(
        layout(
            "folder",
            2,
            "a CSV file of labels",
            root -> {
              file(
                  root.resolve("labels.csv"),
                  "path,label\nx/q.jpg,cat\nx/r.jpg,dog\n".getBytes(UTF_8));
              file(root.resolve("x/q.jpg"), jpeg(1));
              file(root.resolve("x/r.jpg"), jpeg(2));
              return root;
            }));
  }

  private static Arguments pictures(int classes, String what, String... names) {
    return layout(
        "folder",
        classes,
        what,
        root -> {
          for (String name : names) {
            file(root.resolve(name), jpeg(name.hashCode()));
          }
          return root;
        });
  }

  private static byte[] cifar100(int records) {
    int record = CifarFiles.RECORD + 1;
    byte[] bytes = new byte[records * record];
    new Random(3).nextBytes(bytes);
    for (int i = 0; i < records; i++) {
      bytes[i * record] = (byte) (i % 20);
      bytes[i * record + 1] = (byte) (99 - i);
    }
    return bytes;
  }

  private static byte[] tarOfTars() throws IOException {
    return tar(
        files(
            SHARK + ".tar", tar(files(SHARK + "_1.JPEG", jpeg(1))),
            FISH + ".tar", tar(files(FISH + "_1.JPEG", jpeg(2)))));
  }

  private static byte[] tarOf(String folder, Map<String, byte[]> files) {
    Map<String, byte[]> below = new TreeMap<>();
    files.forEach((name, bytes) -> below.put(folder + name, bytes));
    try {
      return tar(below);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path lmdb(Path folder) throws IOException {
    TreeMap<String, byte[]> records = new TreeMap<>(Map.of("k1", jpeg(1), "k2", jpeg(2)));
    return file(folder.resolve("data.mdb"), LmdbBuilder.of(4096, records)).getParent();
  }

  private static Path synsets(Path folder) throws IOException {
    file(folder.resolve(FISH + "/" + FISH + "_1.JPEG"), jpeg(1));
    file(folder.resolve(SHARK + "/" + SHARK + "_1.JPEG"), jpeg(2));
    return folder;
  }
}
