using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.FlowControl;

/// <summary>What happens to a request that finds no seat at its priority level.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.LimitResponse", Discriminator = "type")]
public sealed partial record LimitResponse
{
    public const string QueueType = "Queue";

    public const string RejectType = "Reject";

    /// <summary>Queue: it waits for a seat. Reject: it is refused.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>How requests wait; only for Queue.</summary>
    [Field(2)]
    public QueuingConfiguration? Queuing { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        switch (Type)
        {
            case RejectType:
                if (Queuing is not null)
                {
                    errors.Forbidden(path.Child("queuing"), "must be nil if limited.limitResponse.type is not Limited");
                }

                break;
            case QueueType:
                if (Queuing is null)
                {
                    errors.Required(path.Child("queuing"), "must not be empty if limited.limitResponse.type is Limited");
                }

                Queuing?.Validate(path.Child("queuing"), errors);
                break;
            default:
                errors.NotSupported(path.Child("type"), Type, [QueueType, RejectType]);
                break;
        }
    }
}

[ApiType("io.k8s.api.flowcontrol.v1.QueuingConfiguration")]
public sealed partial record QueuingConfiguration
{
    /// <summary>Bits of a flow's hash that dealing a hand may use up.</summary>
    public const int HashBits = 60;

    private const int QueuesMax = 10_000_000;

    /// <summary>Number of queues; 64 when left out.</summary>
    [Field(1, Always = true)]
    public int Queues { get; init; }

    /// <summary>Number of queues that a flow may use, chosen by its hash; 8 when left out. A request goes to the shortest of them.</summary>
    [Field(2, Always = true)]
    public int HandSize { get; init; }

    /// <summary>Requests that may wait in one queue; 50 when left out.</summary>
    [Field(3, Always = true)]
    public int QueueLengthLimit { get; init; }

    internal QueuingConfiguration WithDefaults() => new()
    {
        Queues = Queues == 0 ? 64 : Queues,
        HandSize = HandSize == 0 ? 8 : HandSize,
        QueueLengthLimit = QueueLengthLimit == 0 ? 50 : QueueLengthLimit,
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        const string MustBePositive = "must be positive";
        if (QueueLengthLimit <= 0)
        {
            errors.Invalid(path.Child("queueLengthLimit"), QueueLengthLimit, MustBePositive);
        }

        if (Queues <= 0)
        {
            errors.Invalid(path.Child("queues"), Queues, MustBePositive);
        }
        else if (Queues > QueuesMax)
        {
            errors.Invalid(path.Child("queues"), Queues, $"must not be greater than {QueuesMax}");
        }

        var hand = path.Child("handSize");
        if (HandSize <= 0)
        {
            errors.Invalid(hand, HandSize, MustBePositive);
        }
        else if (HandSize > Queues)
        {
            errors.Invalid(hand, HandSize, $"should not be greater than queues ({Queues})");
        }
        else if (EntropyBits(Queues, HandSize) > HashBits)
        {
            errors.Invalid(hand, HandSize, $"required entropy bits of deckSize {Queues} and handSize {HandSize} should not be greater than {HashBits}");
        }
    }

    /// <summary>Bits that say which hand of a deck it is: the logarithm of the number of hands.</summary>
    private static int EntropyBits(int deckSize, int handSize)
    {
        var bits = 0.0;
        for (var dealt = 0; dealt < handSize && bits <= HashBits; dealt++)
        {
            bits += Math.Log2(deckSize - dealt);
        }

        return (int)Math.Ceiling(bits);
    }
}
