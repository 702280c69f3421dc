using System.Collections.Immutable;

namespace Petrel.Network.Services.Modes;

/// <summary>
/// A chain that sends a new connection to one of several endpoints at random, or, with client affinity, to the one that
/// the client had before. Affinity is a set of clients per endpoint whose members expire.
/// </summary>
/// <param name="family">The table's family.</param>
/// <param name="kind">The first part of the chain's name.</param>
/// <param name="name">Namespace/service/protocol/port: pools of one port share affinity.</param>
/// <param name="protocol">The port's protocol.</param>
/// <param name="affinity">How long an idle client is remembered, or null.</param>
/// <param name="endpoints">Who gets connections, in a fixed order.</param>
internal sealed class NftablesPool(
    NftablesFamily family,
    string kind,
    string name,
    TransportProtocol protocol,
    TimeSpan? affinity,
    ImmutableArray<ServiceEndpoint> endpoints)
{
    /// <summary>Clients that one endpoint remembers; the kernel's own default for dynamic sets.</summary>
    private const int ClientsMax = 65535;

    public string Chain { get; } = $"{kind}/{name}";

    public ImmutableArray<ServiceEndpoint> Endpoints { get; } = endpoints;

    /// <summary>The chain with everything that it refers to.</summary>
    public IEnumerable<TableObject> Render() => affinity is TimeSpan timeout ? RenderSticky(timeout) : [RenderRandom()];

    private TableObject RenderRandom()
    {
        string choices = string.Join(", ", Endpoints.Select((endpoint, number) => $"{number} : {NftablesFamily.Pair(endpoint)}"));
        return TableObject.Chain(
            Chain,
            $"meta l4proto {protocol.InRules()} dnat {family.Ip} to numgen random mod {Endpoints.Length} map {{ {choices} }}");
    }

    private IEnumerable<TableObject> RenderSticky(TimeSpan timeout)
    {
        List<string> rules = [];
        foreach (ServiceEndpoint endpoint in Endpoints)
        {
            string clients = Named("affinity", endpoint);
            yield return TableObject.Set(clients, $"type {family.AddressType} ; flags dynamic, timeout ; size {ClientsMax} ;");
            yield return TableObject.Chain(
                Named("endpoint", endpoint),
                $"update @{clients} {{ {family.Ip} saddr timeout {(long)timeout.TotalSeconds}s }}",
                family.TranslateTo(protocol, endpoint));
            rules.Add($"{family.Ip} saddr @{clients} goto {Named("endpoint", endpoint)}");
        }

        string choices = string.Join(", ", Endpoints.Select((endpoint, number) => $"{number} : goto {Named("endpoint", endpoint)}"));
        rules.Add($"numgen random mod {Endpoints.Length} vmap {{ {choices} }}");
        yield return TableObject.Chain(Chain, rules);
    }

    private string Named(string kind, ServiceEndpoint endpoint) =>
        $"{kind}/{name}/{NftablesFamily.InName(endpoint.Address)}/{endpoint.Port}";
}
