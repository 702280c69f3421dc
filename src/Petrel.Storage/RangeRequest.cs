namespace Petrel.Storage;

/// <summary>What to read.</summary>
/// <param name="Range">The keys.</param>
/// <param name="Revision">The revision to read at; 0 for the latest.</param>
/// <param name="Limit">The most items to return; 0 for no limit.</param>
/// <param name="Content">What is wanted of each key.</param>
public readonly record struct RangeRequest(
    KeyRange Range, long Revision = 0, int Limit = 0, RangeContent Content = RangeContent.Values);
