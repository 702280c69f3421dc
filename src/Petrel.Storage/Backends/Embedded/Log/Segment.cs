namespace Petrel.Storage.Backends.Embedded.Log;

/// <summary>A log file in place.</summary>
internal readonly record struct Segment(SegmentHeader Header, long Bytes);
