namespace Petrel.Linux.Nftables;

/// <summary>nft refused a transaction. Nothing of it took effect.</summary>
public sealed class NftException(string reason, string? statement)
    : Exception(statement is null ? $"nft: {reason}" : $"nft: {reason} in: {Shorten(statement)}")
{
    private const int StatementLengthMax = 500;

    /// <summary>nft's own words.</summary>
    public string Reason { get; } = reason;

    /// <summary>The whole statement it refers to, where it named one.</summary>
    public string? Statement { get; } = statement;

    private static string Shorten(string statement) =>
        statement.Length <= StatementLengthMax ? statement : string.Concat(statement.AsSpan(0, StatementLengthMax), "...");
}
