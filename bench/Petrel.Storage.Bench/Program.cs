using Petrel.Storage.Bench;

// Usage: Petrel.Storage.Bench [directory] [objects]. Prints what the embedded store does with values of 2 KB on the
// disk of that directory.
var directory = args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), "petrel-storage-bench");
var objects = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 100_000;
if (Directory.Exists(directory))
{
    Directory.Delete(directory, recursive: true);
}

await WriteBench.RunAsync(directory);
await ReadBench.RunAsync(directory, objects);
await WatchBench.RunAsync(directory);
Directory.Delete(directory, recursive: true);
