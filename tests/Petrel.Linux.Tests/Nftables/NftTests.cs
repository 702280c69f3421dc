using System.Text.Json;
using Petrel.Linux.Netlink;
using Petrel.Linux.Nftables;
using Petrel.Linux.Tests.Netlink;
using Xunit;

namespace Petrel.Linux.Tests.Nftables;

public sealed class NftTests : IAsyncLifetime
{
    private static readonly NftTable Table = new("ip", "test");

    private readonly TemporaryNamespace _place = new();
    private Nft _nft = null!;

    public async Task InitializeAsync()
    {
        await _place.CreateAsync();
        _nft = new Nft(_place.Namespace);
    }

    public Task DisposeAsync() => _place.RemoveAsync();

    [RootFact]
    public async Task A_transaction_is_in_the_kernel_after_it_was_applied()
    {
        await _nft.ApplyAsync(new NftTransaction(Table)
            .AddTable()
            .AddSet("addresses", "type ipv4_addr ;")
            .AddElements("addresses", Enumerable.Range(1, 250).Select(number => $"10.0.0.{number}"))
            .AddBaseChain("input", "filter", "input", 0)
            .AddRule("input", "ip saddr @addresses drop"));

        using JsonDocument? listing = await _nft.ListTableAsync(Table);
        JsonElement set = listing!.RootElement.GetProperty("nftables").EnumerateArray().Single(item => item.TryGetProperty("set", out _));
        Assert.Equal(250, set.GetProperty("set").GetProperty("elem").GetArrayLength());
        Assert.True(await _nft.HasChainAsync(Table, "input"));
    }

    [RootFact]
    public async Task A_refused_transaction_names_the_statement_and_changes_nothing()
    {
        NftException syntax = await Assert.ThrowsAsync<NftException>(() => _nft.ApplyAsync(
            new NftTransaction(Table).AddTable().AddChain("one").AddRule("one", "ip saddr nonsense drop")));
        Assert.Equal("add rule ip test one ip saddr nonsense drop", syntax.Statement);

        NftException kernel = await Assert.ThrowsAsync<NftException>(() => _nft.ApplyAsync(
            new NftTransaction(Table).AddTable().AddChain("one").DeleteChain("two")));
        Assert.Equal("delete chain ip test two", kernel.Statement);
        Assert.Contains("No such file or directory", kernel.Message, StringComparison.Ordinal);

        Assert.Null(await _nft.ListTableAsync(Table));
    }

    [RootFact]
    public async Task Elements_can_be_replaced_and_chains_emptied_and_deleted_in_one_transaction()
    {
        await _nft.ApplyAsync(new NftTransaction(Table)
            .AddTable()
            .AddMap("verdicts", "type inet_service : verdict ;")
            .AddChain("old")
            .AddRule("old", "drop")
            .AddElements("verdicts", ["80 : goto old"]));

        await _nft.ApplyAsync(new NftTransaction(Table)
            .AddChain("new")
            .DeleteElements("verdicts", ["80"])
            .AddElements("verdicts", ["80 : goto new"])
            .FlushChain("old")
            .DeleteChain("old"));

        Assert.False(await _nft.HasChainAsync(Table, "old"));
        Assert.True(await _nft.HasChainAsync(Table, "new"));
    }

    [RootFact]
    public async Task A_table_can_be_removed_whether_it_is_there_or_not()
    {
        await _nft.ApplyAsync(new NftTransaction(Table).AddTable());
        await _nft.RemoveTableAsync(Table);
        await _nft.RemoveTableAsync(Table);

        Assert.Null(await _nft.ListTableAsync(Table));
        Assert.False(await _nft.HasChainAsync(Table, "input"));
    }

    [RootFact]
    public async Task Nothing_to_do_starts_no_program() => await new Nft(NetworkNamespace.At("/nonexistent")).ApplyAsync(new NftTransaction(Table));
}
