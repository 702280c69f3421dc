using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Petrel.Linux.Netlink;
using Petrel.Linux.Processes;

namespace Petrel.Linux.Nftables;

/// <summary>Applies and lists nftables rules through the nft program, whose start costs about a millisecond.</summary>
public sealed partial class Nft(NetworkNamespace networkNamespace)
{
    private readonly NetworkTool _tool = new(networkNamespace);

    /// <summary>Applies all statements atomically: packets see the rules before or after, never between.</summary>
    /// <exception cref="NftException">nft or the kernel refused a statement; nothing has changed.</exception>
    public async Task ApplyAsync(NftTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (transaction.Statements == 0)
        {
            return;
        }

        string text = transaction.ToString();
        CommandResult result = await _tool.RunAsync("nft", ["-f", "-"], text, cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            throw Refusal(text, result);
        }
    }

    /// <summary>The table's objects in libnftables-json(5), or null when there is no such table.</summary>
    public async Task<JsonDocument?> ListTableAsync(NftTable table, CancellationToken cancellationToken = default)
    {
        CommandResult result = await _tool
            .RunAsync("nft", ["-j", "list", "table", table.Family, table.Name], "", cancellationToken).ConfigureAwait(false);
        if (result.Succeeded)
        {
            return JsonDocument.Parse(result.Output);
        }

        return IsMissing(result) ? null : throw new NftException(result.Error.Trim(), null);
    }

    /// <summary>Whether the table has the chain: a cheap check that nobody else has removed them.</summary>
    public async Task<bool> HasChainAsync(NftTable table, string chain, CancellationToken cancellationToken = default)
    {
        CommandResult result = await _tool
            .RunAsync("nft", ["list", "chain", table.Family, table.Name, chain], "", cancellationToken).ConfigureAwait(false);
        return result.Succeeded || (IsMissing(result) ? false : throw new NftException(result.Error.Trim(), null));
    }

    /// <summary>Removes the table with everything in it, if it is there.</summary>
    public Task RemoveTableAsync(NftTable table, CancellationToken cancellationToken = default) =>
        ApplyAsync(new NftTransaction(table).AddTable().DeleteTable(), cancellationToken);

    private static bool IsMissing(CommandResult result) =>
        result.Error.Contains("No such file or directory", StringComparison.Ordinal);

    /// <summary>nft reports "/dev/stdin:LINE:COLUMNS: Error: TEXT" and repeats the statement below.</summary>
    private static NftException Refusal(string text, CommandResult result)
    {
        string error = result.TimedOut ? $"did not end within {result.Command.Timeout}" : result.Error;
        Match match = ErrorLine().Match(error);
        if (!match.Success)
        {
            return new NftException(error.Trim(), null);
        }

        int line = int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture);
        string? statement = text.Split('\n').ElementAtOrDefault(line - 1);
        return new NftException(match.Groups["message"].Value, statement);
    }

    [GeneratedRegex(@"^[^\n:]*:(?<line>\d+):[\d-]+: Error: (?<message>[^\n]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ErrorLine();
}
