namespace Petrel.Linux.Nftables;

/// <summary>A table: its address family as nft spells it (ip, ip6, inet, bridge, ...) and its name.</summary>
public readonly record struct NftTable(string Family, string Name)
{
    /// <summary>The longest name the kernel takes for a table, chain, set or map (NFT_NAME_MAXLEN less its zero byte).</summary>
    public const int NameLengthMax = 255;

    /// <summary>The table as statements refer to it: "ip petrel".</summary>
    public override string ToString() => $"{Family} {Name}";
}
