using System.Globalization;

namespace Petrel.Storage.Backends.Embedded.Files;

/// <summary>What the files of a store are called. Numbers are padded so that names sort as they do.</summary>
internal static class StoreFileNames
{
    /// <summary>A file that is being made; worthless after a crash.</summary>
    public const string TemporarySuffix = ".tmp";

    private const string LogPrefix = "log-";
    private const string SparePrefix = "spare-";
    private const string SnapshotPrefix = "snapshot-";

    public static string Log(long sequence) => Name(LogPrefix, sequence);

    /// <summary>A log file whose content is no longer needed, kept to be written again.</summary>
    public static string Spare(long sequence) => Name(SparePrefix, sequence);

    public static string Snapshot(long revision) => Name(SnapshotPrefix, revision);

    public static bool IsTemporary(string name) => name.EndsWith(TemporarySuffix, StringComparison.Ordinal);

    public static long? LogSequence(string name) => Number(LogPrefix, name);

    public static bool IsSpare(string name) => Number(SparePrefix, name) is not null;

    public static long? SnapshotRevision(string name) => Number(SnapshotPrefix, name);

    private static string Name(string prefix, long number) => prefix + number.ToString("x16", CultureInfo.InvariantCulture);

    private static long? Number(string prefix, string name) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
