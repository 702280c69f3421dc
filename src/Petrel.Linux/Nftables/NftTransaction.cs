using System.Text;

namespace Petrel.Linux.Nftables;

/// <summary>
/// Statements for one table that take effect together or not at all (nft(8), "-f"). Rules, specifications and elements
/// are nft's own text; this type only knows the statements around them.
/// </summary>
public sealed class NftTransaction(NftTable table)
{
    /// <summary>Elements in one statement: enough that parsing is cheap, few enough that an error's line is readable.</summary>
    private const int ElementsPerStatementMax = 100;

    private readonly StringBuilder _text = new();

    public NftTable Table { get; } = table;

    /// <summary>How many statements there are; zero means nothing to apply.</summary>
    public int Statements { get; private set; }

    public NftTransaction AddTable() => Add($"add table {Table}");

    /// <summary>Removes the table with everything in it. It must exist: add it first when it may not.</summary>
    public NftTransaction DeleteTable() => Add($"delete table {Table}");

    public NftTransaction AddChain(string chain) => Add($"add chain {Table} {chain}");

    /// <summary>Adds a chain that the kernel calls. <paramref name="priority"/> orders it among the chains of one hook.</summary>
    public NftTransaction AddBaseChain(string chain, string type, string hook, int priority) =>
        Add($"add chain {Table} {chain} {{ type {type} hook {hook} priority {priority} ; }}");

    /// <summary>Removes every rule of a chain.</summary>
    public NftTransaction FlushChain(string chain) => Add($"flush chain {Table} {chain}");

    /// <summary>Removes a chain that has no rules and that nothing refers to.</summary>
    public NftTransaction DeleteChain(string chain) => Add($"delete chain {Table} {chain}");

    public NftTransaction AddRule(string chain, string rule) => Add($"add rule {Table} {chain} {rule}");

    public NftTransaction AddSet(string set, string specification) => Add($"add set {Table} {set} {{ {specification} }}");

    public NftTransaction DeleteSet(string set) => Add($"delete set {Table} {set}");

    public NftTransaction AddMap(string map, string specification) => Add($"add map {Table} {map} {{ {specification} }}");

    /// <summary>Adds elements to a set ("key") or to a map ("key : value").</summary>
    public NftTransaction AddElements(string set, IEnumerable<string> elements) => ForElements("add", set, elements);

    /// <summary>Removes elements by key. They must exist.</summary>
    public NftTransaction DeleteElements(string set, IEnumerable<string> keys) => ForElements("delete", set, keys);

    /// <summary>The text for nft: one statement on each line.</summary>
    public override string ToString() => _text.ToString();

    private NftTransaction ForElements(string verb, string set, IEnumerable<string> elements)
    {
        foreach (string[] some in elements.Chunk(ElementsPerStatementMax))
        {
            Add($"{verb} element {Table} {set} {{ {string.Join(", ", some)} }}");
        }

        return this;
    }

    private NftTransaction Add(string statement)
    {
        _text.Append(statement).Append('\n');
        Statements++;
        return this;
    }
}
