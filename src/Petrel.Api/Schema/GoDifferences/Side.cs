namespace Petrel.Api.Schema.GoDifferences;

/// <summary>Which side of a difference a line belongs to.</summary>
internal enum Side
{
    Both,
    Old,
    New,
}
