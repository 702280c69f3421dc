using Petrel.Api.Meta;

namespace Petrel.Api.FlowControl;

/// <summary>
/// The priority levels that every cluster starts with (kubernetes.io, "API Priority and Fairness: Defaults"). The mandatory ones are
/// there even when nothing is stored; the suggested ones are its administrator's to change.
/// </summary>
public static class BuiltInPriorityLevels
{
    public const string Exempt = "exempt";

    public const string CatchAll = "catch-all";

    public static IReadOnlyList<PriorityLevelConfiguration> Mandatory { get; } =
    [
        new()
        {
            Metadata = new ObjectMeta { Name = Exempt },
            Spec = new PriorityLevelConfigurationSpec
            {
                Type = PriorityLevelConfigurationSpec.ExemptType,
                Exempt = new ExemptPriorityLevelConfiguration { NominalConcurrencyShares = 0, LendablePercent = 0 },
            },
        },
        Limited(CatchAll, shares: 5, lendable: 0, new LimitResponse { Type = LimitResponse.RejectType }),
    ];

    public static IReadOnlyList<PriorityLevelConfiguration> Suggested { get; } =
    [
        // The nodes' agents and proxies, without which pods that run already suffer.
        Limited("system", shares: 30, lendable: 33, Queues(64, handSize: 6)),
        // Status of nodes and their heartbeats: without them, pods are moved away.
        Limited("node-high", shares: 40, lendable: 25, Queues(64, handSize: 6)),
        Limited("leader-election", shares: 10, lendable: 0, Queues(16, handSize: 4)),
        Limited("workload-high", shares: 40, lendable: 50, Queues(128, handSize: 6)),
        Limited("workload-low", shares: 100, lendable: 90, Queues(128, handSize: 6)),
        Limited("global-default", shares: 20, lendable: 50, Queues(128, handSize: 6)),
    ];

    private static LimitResponse Queues(int queues, int handSize) => new()
    {
        Type = LimitResponse.QueueType,
        Queuing = new QueuingConfiguration { Queues = queues, HandSize = handSize, QueueLengthLimit = 50 },
    };

    private static PriorityLevelConfiguration Limited(string name, int shares, int lendable, LimitResponse response) => new()
    {
        Metadata = new ObjectMeta { Name = name },
        Spec = new PriorityLevelConfigurationSpec
        {
            Type = PriorityLevelConfigurationSpec.LimitedType,
            Limited = new LimitedPriorityLevelConfiguration { NominalConcurrencyShares = shares, LendablePercent = lendable, LimitResponse = response },
        },
    };
}
