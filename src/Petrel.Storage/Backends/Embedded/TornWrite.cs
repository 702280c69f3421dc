namespace Petrel.Storage.Backends.Embedded;

/// <summary>An unfinished write at the end of the log that was dropped.</summary>
/// <param name="Path">The log file.</param>
/// <param name="Offset">Where it began.</param>
/// <param name="Bytes">How long it was to be, as far as that can be told.</param>
public sealed record TornWrite(string Path, long Offset, long Bytes);
