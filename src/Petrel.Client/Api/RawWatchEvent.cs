namespace Petrel.Client.Api;

/// <summary>One event of a watch (meta/v1 WatchEvent).</summary>
/// <param name="Type">ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.</param>
/// <param name="Object">The object as JSON; a Status for ERROR.</param>
public readonly record struct RawWatchEvent(string Type, ReadOnlyMemory<byte> Object);
